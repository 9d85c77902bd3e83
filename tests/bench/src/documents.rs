//! What is decoded and encoded: responses and a query as Losant's API has them.
//!
//! The fractions of the seconds do not end in a zero, since the date types of
//! others drop it, and would seem to lose something that matters.

use std::fmt::Write as _;

/// The documents, each with its name.
#[must_use]
pub fn all() -> [(&'static str, String); 7] {
    [
        ("rows", rows(1000)),
        ("row", row(7)),
        ("table", table()),
        ("job", JOB.to_owned()),
        ("error", ERROR.to_owned()),
        ("series", series(4, 200)),
        ("query", QUERY.to_owned()),
    ]
}

const JOB: &str = r#"{"jobId":"clnHvJbyVkOWAZwYAwLP4","jobQueued":true,"success":true}"#;

const ERROR: &str = r#"{"type":"NotFound","message":"Application was not found"}"#;

const QUERY: &str = concat!(
    r#"{"$and":[{"level":{"$gte":5,"$lt":20.5}},{"$or":[{"site":"north"},{"site":{"$in":["south","east"]}},"#,
    r#"{"note":null}]}],"$nor":[{"active":{"$eq":false}},{"serial":{"$ne":"AB-0001"}}],"#,
    r#""temperature":{"$gt":-10.25},"active":true,"model":"E-7"}"#
);

/// A page of a data table.
pub(crate) fn rows(count: u32) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    format!(
        concat!(
            r#"{{"items":[{}],"count":{},"totalCount":48211,"limit":{},"offset":3000,"sortColumn":"createdAt","#,
            r#""sortDirection":"asc","dataTableId":"596e6ce831761df4231708f1","#,
            r#""applicationId":"575ec8687ae143cd83dc4a97","query":{{"level":{{"$lt":100}}}}}}"#
        ),
        rows.join(","),
        count,
        count
    )
}

/// A row with three properties that the document names, and eight columns.
pub(crate) fn row(index: u32) -> String {
    let note = match index % 3 {
        0 => "null".to_owned(),
        1 => r#""replaced the \"old\" sensor""#.to_owned(),
        _ => r#""läuft""#.to_owned(),
    };
    format!(
        concat!(
            r#"{{"id":"596fbb703fc0884538{:06x}","createdAt":"2026-06-13T04:{:02}:{:02}.417Z","#,
            r#""updatedAt":"2026-06-14T11:{:02}:{:02}.983Z","device":"sensor-{}","site":"{}","#,
            r#""temperature":{}.{},"humidity":{}.{},"level":{},"active":{},"serial":"AB-{:04}","note":{}}}"#
        ),
        index,
        index / 60 % 60,
        index % 60,
        index / 7 % 60,
        index % 60,
        index % 40,
        ["north", "south", "east", "west"][index as usize % 4],
        index % 35,
        index % 9 + 1,
        index % 100,
        index % 89 + 11,
        index * 37 % 5000,
        index.is_multiple_of(2),
        index % 10_000,
        note
    )
}

/// The description of a data table.
fn table() -> String {
    let columns: Vec<String> = ["device", "site", "temperature", "humidity", "level", "active"]
        .iter()
        .zip(["string", "string", "number", "number", "number", "boolean"])
        .map(|(name, kind)| format!(r#"{{"name":"{name}","dataType":"{kind}","constraint":"optional"}}"#))
        .collect();
    format!(
        concat!(
            r#"{{"id":"596e6ce831761df4231708f1","dataTableId":"596e6ce831761df4231708f1","#,
            r#""applicationId":"575ec8687ae143cd83dc4a97","creationDate":"2026-06-13T04:00:00.417Z","#,
            r#""lastUpdated":"2026-06-14T11:12:13.983Z","name":"Sensor readings","#,
            r#""description":"What the sensors of the four sites said, by the minute","columns":[{}]}}"#
        ),
        columns.join(",")
    )
}

/// The response to a time-series query.
fn series(devices: u32, points: u32) -> String {
    let mut text = String::from(
        r#"{"start":"2026-06-15T03:50:00.417Z","end":"2026-06-15T04:00:00.983Z","resolution":300000,"aggregation":"MEAN","limit":null,"order":"asc","devices":{"#,
    );
    for device in 0..devices {
        let separator = if device == 0 { "" } else { "," };
        let points: Vec<String> = (0..points)
            .map(|point| {
                format!(
                    r#"{{"time":"2026-06-15T03:{:02}:{:02}.123Z","data":{{"voltage":{}.{},"state":"on","level":{}}}}}"#,
                    point / 60 % 60,
                    point % 60,
                    point % 24,
                    point % 9 + 1,
                    point
                )
            })
            .collect();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"{separator}"575ecf887ae143cd83dc{device:04x}":{{"name":"Device {device}","tags":{{"floor":["one","two"]}},"points":[{}]}}"#,
            points.join(",")
        );
    }
    text.push_str("}}");
    text
}
