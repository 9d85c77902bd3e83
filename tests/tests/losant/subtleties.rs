//! Where other generators lose what the document means: each test is a payload
//! that one of them refuses, or changes without a word.

use std::fmt::Debug;

use losant_data::runtime::{
    Decode, Encode, HasSchema, Maybe, RequestDefaults, Scalar, StringEnum as _, from_str, to_string,
};
use losant_data::schemas::{
    AdvancedDeviceQuery, AdvancedIdQuery, AdvancedIdQueryObject, AdvancedQuery, AdvancedTagQueryWithOps,
    AdvancedValueQuery, AdvancedValueQueryObject, DataTableRow, DataTableRowInsertResult, DataTableRows,
    DataTableRowsExport, DataTableRowsExportQueryOptions, SortDirection, Success, TimeSeriesData,
};

use crate::json;

/// The id of a device.
const DEVICE: &str = "575ecf887ae143cd83dc4aa2";

/// Reads `text`, and asserts that it is written as received and breaks nothing but `violations`.
fn reads<T: Decode + Encode + HasSchema + Debug>(text: &str, violations: &[&str]) -> T {
    let value: T = from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    writes(&value, text);
    let found = value.validate();
    let found: Vec<String> = found
        .iter()
        .map(|violation| format!("{} {}", violation.pointer, violation.keyword))
        .collect();
    assert_eq!(found, violations, "{text}: {value:?}");
    value
}

/// Asserts that `value` is written as `text`.
fn writes(value: &impl Encode, text: &str) {
    assert_eq!(json(&to_string(value)), json(text));
}

/// `oneOf` subschemas that overlap: a result with no column but `createdAt` and `count` is a row as well.
#[test]
fn an_insert_result_is_a_row_or_a_count() {
    use DataTableRowInsertResult::{DataTableRow, Object};

    let row =
        r#"{"id": "596fbb703fc088453872e609", "createdAt": "2016-06-13T04:00:00.000Z", "level": 5, "note": null}"#;
    let DataTableRow(row) = reads(row, &[]) else {
        panic!("{row} is a row");
    };
    assert_eq!(
        (row.get("level"), row.get("note")),
        (Some(&Scalar::from(5)), Some(&Scalar::Null))
    );

    let bulk = r#"{"createdAt": "2016-06-13T04:00:00.000Z", "count": 1, "rowIds": ["596fbb703fc088453872e609"]}"#;
    let Object(bulk) = reads(bulk, &[]) else {
        panic!("{bulk} is a count");
    };
    assert_eq!((bulk.count, bulk.row_ids.map(|ids| ids.len())), (Some(1.0), Some(1)));

    // Both subschemas allow it, which `oneOf` does not; the subschema that defines more of its properties is preferred.
    let both = r#"{"createdAt": "2016-06-13T04:00:00.000Z", "count": 3}"#;
    assert!(matches!(reads(both, &[" oneOf"]), Object(result) if result.count == Some(3.0)));
}

/// An enum whose values differ in case alone, or are empty; and a value of a newer server.
#[test]
fn a_sort_direction_allows_unknown_values() {
    use SortDirection::{Asc, AscUpper, Desc, DescUpper, Empty};

    let listed = [
        ("asc", Asc),
        ("desc", Desc),
        ("ASC", AscUpper),
        ("DESC", DescUpper),
        ("", Empty),
    ];
    assert_eq!(SortDirection::LISTED.len(), listed.len());
    for (text, direction) in listed {
        let rows: DataTableRows = reads(&format!(r#"{{"sortDirection": "{text}"}}"#), &[]);
        assert_eq!(rows.sort_direction, Some(direction));
    }
    let rows: DataTableRows = reads(r#"{"items": [], "sortDirection": "Asc"}"#, &["/sortDirection enum"]);
    let direction = rows.sort_direction.unwrap();
    assert!(matches!(&direction, SortDirection::Unknown(text) if text.as_str() == "Asc"));
    assert_eq!(rows.items, Some(Vec::new()));
    // A response may say so; a request may not.
    let options = DataTableRowsExportQueryOptions::new().sort_direction(direction);
    let violations = DataTableRowsExport::new().query_options(options).validate();
    assert_eq!(violations[0].pointer, "/queryOptions/sortDirection");
}

/// Columns beside operators: a filter that lost its columns would match every row.
#[test]
fn an_advanced_query_keeps_its_columns() {
    let text = r#"{"$and": [{"level": {"$gte": 5, "$lt": 7.5}}, {"$nor": [{"tank-1": null}]}], "status": "on", "_id": {"$in": ["a", 1]}}"#;
    let query: AdvancedQuery = reads(text, &[]);
    let status = query.get("status").unwrap();
    assert!(matches!(status, AdvancedValueQuery::Scalar(Scalar::String(text)) if text == "on"));
    let level = query.and.as_ref().unwrap()[0].get("level").unwrap();
    assert!(matches!(level, AdvancedValueQuery::Object(range) if range.gte == Some(5.into()) && range.gt.is_none()));

    let levels = [
        AdvancedValueQueryObject::new().ne_("full").into(),
        AdvancedValueQuery::from(5),
    ];
    let built = AdvancedQuery::new().or(levels.map(|level| AdvancedQuery::new().entry("level", level)).into());
    writes(&built, r#"{"$or": [{"level": {"$ne": "full"}}, {"level": 5}]}"#);
    assert!(built.validate().is_empty());
    // What is neither an operator nor the name of a column is not taken for one.
    reads::<AdvancedQuery>(r#"{"$not": [], "level": 5}"#, &["/$not additionalProperties"]);
    reads::<AdvancedQuery>(r#"{"$or": [{"level": {"$regex": "x"}}]}"#, &["/$or/0/level oneOf"]);
}

/// A component that allows `null` where its reference does not say so, and unions within unions.
#[test]
fn an_advanced_device_query_distinguishes_null_from_absent() {
    let text = r#"{"parentId": null, "id": {"$in": ["575ecf887ae143cd83dc4aa2"]}, "$nor": [{"name": {"$ci": true}}]}"#;
    let query: AdvancedDeviceQuery = reads(text, &[]);
    assert_eq!((&query.parent_id, &query.gateway_id), (&Maybe::Null, &Maybe::Absent));
    assert!(matches!(&query.id, Maybe::Value(AdvancedIdQuery::Object(id)) if id.in_.as_ref().unwrap() == &[DEVICE]));

    let tags = |text: &str| {
        let query: AdvancedDeviceQuery = reads(&format!(r#"{{"tags": {text}}}"#), &[]);
        query.tags
    };
    assert_eq!(tags("null"), Maybe::Null);
    let by_key = tags(r#"{"$tagKey": "floor", "$tagValue": {"$in": ["8", "9"]}}"#);
    assert!(
        matches!(by_key, Maybe::Value(AdvancedTagQueryWithOps::Object(_))),
        "{by_key:?}"
    );
    let by_name = tags(r#"{"floor": "8", "room": null, "wing": {"$nin": ["east"]}}"#);
    assert!(
        matches!(by_name, Maybe::Value(AdvancedTagQueryWithOps::Map(ref tags)) if tags.len() == 3),
        "{by_name:?}"
    );
    let not = tags(r#"{"$ne": {"floor": "8"}}"#);
    assert!(matches!(not, Maybe::Value(AdvancedTagQueryWithOps::Ne(_))), "{not:?}");

    let built = AdvancedDeviceQuery::new()
        .parent_id(Maybe::Null)
        .id(AdvancedIdQuery::from(AdvancedIdQueryObject::new().ne_(Maybe::Null)));
    writes(&built, r#"{"parentId": null, "id": {"$ne": null}}"#);
    reads::<AdvancedDeviceQuery>(r#"{"color": "red"}"#, &["/color additionalProperties"]);
}

/// A map by device, properties that are required and may be null, and texts of dates.
#[test]
fn time_series_data_keep_every_device() {
    let text = |devices: &str, limit: &str| {
        format!(
            r#"{{"start": "2016-06-15T03:50:00.000Z", "end": "2016-06-15T04:00:00.000Z", "resolution": null,
                "aggregation": {{"type": "TIMEATVALUE", "options": {{"value": 0}}}}, "order": "desc",{limit} "devices": {devices}}}"#
        )
    };
    let device = r#"{"name": "Tank", "tags": {"floor": ["8", "9"]}, "points": [{"time": "2016-06-15T03:50:00.000Z",
        "data": {"voltage": 10.3, "state": "on", "open": false}}, {"time": "2016-06-15T03:55:00Z", "data": {}}]}"#;
    let limit = r#" "limit": null,"#;
    let devices = format!(r#"{{"{DEVICE}": {device}, "575ef5c97ae143cd83dc4aac": {device}}}"#);
    let data: TimeSeriesData = reads(&text(&devices, limit), &[]);
    assert_eq!((data.devices.len(), data.resolution), (2, None));
    let tank = &data.devices[DEVICE];
    assert_eq!(tank.points[0].data["voltage"].as_f64(), Some(10.3));
    assert_eq!(tank.points[0].data["open"], Scalar::Boolean(false));
    assert_eq!(tank.tags["floor"][1].as_str(), "9");
    assert_eq!(data.start.as_str(), "2016-06-15T03:50:00.000Z");

    let strange = format!(r#"{{"tank": {device}}}"#);
    reads::<TimeSeriesData>(&text(&strange, limit), &["/devices/tank additionalProperties"]);
    let error = from_str::<TimeSeriesData>(&text("{}", "")).unwrap_err();
    assert_eq!((error.pointer(), error.expected()), ("", "the property \"limit\""));
}

/// Cells of every kind in a row whose columns the document cannot know, and `properties` that the pattern matches too.
#[test]
fn a_row_keeps_its_cells() {
    let text = r#"{"id": "596fbb703fc088453872e609", "updatedAt": "2016-06-13T04:00:00.000Z", "a": "x", "b": 0.10, "c": true,
        "d": null, "e": 12345678901234567890}"#;
    let row: DataTableRow = reads(text, &[]);
    assert_eq!(
        (row.additional_properties.len(), row.id.as_ref().unwrap().as_str()),
        (5, "596fbb703fc088453872e609")
    );
    assert!(to_string(&row).contains(r#""b":0.10,"#), "{}", to_string(&row));
    reads::<DataTableRow>(r#"{"id": "x", "a": []}"#, &["/id pattern", "/a type"]);
}

/// `enum: [true]`.
#[test]
fn a_success_is_true() {
    assert_eq!(reads::<Success>(r#"{"success": true}"#, &[]).success, Some(true));
    assert_eq!(
        reads::<Success>(r#"{"success": false}"#, &["/success enum"]).success,
        Some(false)
    );
}

/// An invalid query is reported before anything is sent.
#[test]
fn a_broken_query_does_not_leave() {
    use losant_data::ids::{ApplicationId, DataTableId};
    use losant_data::operations::data_table_rows;
    use losant_data::runtime::Call as _;

    let application: ApplicationId = DEVICE.parse().unwrap();
    let table: DataTableId = DEVICE.parse().unwrap();
    let base = RequestDefaults::new("http://localhost").unwrap();
    let query = AdvancedQuery::new().entry("not a column", 1);
    let request = data_table_rows::query(application, table).body(query);
    let error = request.into_http(&base).unwrap_err().to_string();
    assert!(error.contains("not a column"), "{error}");
}
