//! The bridge to serde: types of the document within types of their user, in JSON and in another format.

use losant_data::schemas::{AdvancedQuery, DataTable, DataTableRow, TimeSeriesData};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fixtures;

/// What a user of the crate might keep in a file of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Saved {
    version: u32,
    table: Option<DataTable>,
    rows: Vec<DataTableRow>,
    filter: AdvancedQuery,
    series: TimeSeriesData,
}

fn payload<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let (_, value) = fixtures("examples")
        .into_iter()
        .find(|(known, _)| known == name)
        .unwrap();
    serde_json::from_value(value).unwrap()
}

fn saved() -> Saved {
    Saved {
        version: 1,
        table: Some(payload("dataTable.json")),
        rows: vec![payload("dataTableRow.json"), payload("dataTableRow-2.json")],
        filter: payload("advancedQuery.json"),
        series: payload("timeSeriesData.json"),
    }
}

#[test]
fn json_within_a_type_of_the_user() {
    let saved = saved();
    let text = serde_json::to_string(&saved).unwrap();
    assert_eq!(serde_json::from_str::<Saved>(&text).unwrap(), saved);
    let value: Value = serde_json::from_str(&text).unwrap();
    let row = fixtures("examples")
        .into_iter()
        .find(|(name, _)| name == "dataTableRow.json")
        .unwrap();
    assert_eq!(value["rows"][0], row.1);
    // A fault says what was wrong, through serde too.
    let error = serde_json::from_str::<Saved>(&text.replacen("\"rows\":[", "\"rows\":[7,", 1)).unwrap_err();
    assert!(
        error.to_string().contains("expected an object, found a number"),
        "{error}"
    );
}

#[test]
fn yaml_within_a_type_of_the_user() {
    let saved = saved();
    let text = serde_yaml::to_string(&saved).unwrap();
    assert_eq!(serde_yaml::from_str::<Saved>(&text).unwrap(), saved);
    // Absent and `null` stay apart there too.
    let filter: AdvancedQuery = serde_yaml::from_str("{level: null, '$and': [{name: {'$eq': x}}]}").unwrap();
    assert!(filter.get("level").is_some() || filter.unknown_fields.contains_key("level"));
    let again = serde_yaml::to_string(&filter).unwrap();
    assert_eq!(serde_yaml::from_str::<AdvancedQuery>(&again).unwrap(), filter);
}
