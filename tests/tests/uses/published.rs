//! Losant's document with nothing mended but what keeps it from being read.

use crate::{base, body, line};

#[test]
fn losant_published_paths() {
    use case_losant_published_paths::operations::data_and_data_tables as published;
    use case_losant_published_paths::runtime::Call as _;
    use case_losant_published_paths::schemas::{
        DataTableColumn, DataTableColumnConstraint, DataTableColumnDataType, DataTableColumnRequired, DataTablePatch,
        DataTablePost, DataTableRowInsertUpdate, DevicesDataExport, Key, ObjectId,
    };

    let id = |digit: &str| -> ObjectId { digit.repeat(24).parse().unwrap() };
    let (a, t, r) = (&id("a"), &id("b"), &id("c"));
    let column = DataTableColumn::new(DataTableColumnRequired {
        name: "level".parse::<Key>().unwrap(),
        data_type: DataTableColumnDataType::Number,
        constraint: DataTableColumnConstraint::Optional,
    });
    let cells = DataTableRowInsertUpdate::from_iter([("level", 5.into())]);
    let requests = [
        published::post_application_data(a, DevicesDataExport::new()).into_http(&base()),
        published::list_application_data_tables(a).into_http(&base()),
        published::post_application_data_tables(a, DataTablePost::new("Tanks")).into_http(&base()),
        published::get_application_data_table(a, t).into_http(&base()),
        published::post_application_data_table(a, t, column).into_http(&base()),
        published::patch_application_data_table(a, t, DataTablePatch::new()).into_http(&base()),
        published::delete_application_data_table(a, t).into_http(&base()),
        published::list_application_data_table_rows(a, t).into_http(&base()),
        published::post_application_data_table_rows(a, t).into_http(&base()),
        published::get_application_data_table_row(a, t, r).into_http(&base()),
        published::patch_application_data_table_row(a, t, r, cells).into_http(&base()),
        published::delete_application_data_table_row(a, t, r).into_http(&base()),
    ]
    .map(Result::unwrap);

    let (a, t, r) = (a.as_str(), t.as_str(), r.as_str());
    let applications = format!("http://localhost/applications/{a}");
    let table = format!("{applications}/data-tables/{t}");
    let lines: Vec<String> = requests.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            format!("POST {applications}/data"),
            format!("GET {applications}/data-tables"),
            format!("POST {applications}/data-tables"),
            format!("GET {table}"),
            format!("POST {table}"),
            format!("PATCH {table}"),
            format!("DELETE {table}"),
            format!("GET {table}/rows"),
            format!("POST {table}/rows"),
            format!("GET {table}/rows/{r}"),
            format!("PATCH {table}/rows/{r}"),
            format!("DELETE {table}/rows/{r}"),
        ]
    );
    assert_eq!(
        body(&requests[4]),
        r#"{"name":"level","dataType":"number","constraint":"optional"}"#
    );
    assert_eq!(body(&requests[10]), r#"{"level":5}"#);
}
