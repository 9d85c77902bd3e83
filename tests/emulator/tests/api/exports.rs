//! Exports: jobs, and the files that they write.

use serde_json::{Value, json};

use crate::support::Api;

/// Asks for an export, and returns the id of the job.
fn export(api: &Api, path: &str, body: &Value) -> String {
    let (status, response) = api.send("POST", path, Some(body));
    assert_eq!(status, 202, "{response}");
    assert_eq!(
        (&response["success"], &response["jobQueued"]),
        (&json!(true), &json!(true))
    );
    response["jobId"].as_str().unwrap().to_owned()
}

fn read(api: &Api, job: &str) -> String {
    std::fs::read_to_string(api.emulator.export(job)).unwrap()
}

#[test]
fn rows_are_exported() {
    let api = Api::start();
    let table = api.table(&["text string optional", "level number optional", "flag boolean optional"]);
    let rows = format!("{table}/rows");
    api.ok(
        "POST",
        &rows,
        &json!([
            {"text": "a, \"b\"\nc", "level": 3, "flag": true},
            {"text": "é", "level": 2.5, "flag": false},
            {"text": null, "level": null, "flag": null},
        ]),
    );
    let path = format!("{rows}/export");
    let job = export(&api, &path, &json!({}));
    let (head, date) = ("id,createdAt,updatedAt,text,level,flag\n", "2024-01-01T00:00:00.002Z");
    let lines = [
        format!("659200800000000000000002,{date},{date},\"a, \"\"b\"\"\nc\",3,true\n"),
        format!("659200800000000000000003,{date},{date},é,2.5,false\n"),
        format!("659200800000000000000004,{date},{date},,,\n"),
    ];
    assert_eq!(read(&api, &job), format!("{head}{}", lines.concat()));

    let body = json!({
        "email": "somebody@example.com",
        "callbackUrl": "https://example.com/done",
        "query": {"level": {"$ne": null}},
        "queryOptions": {"sortColumn": "level", "sortDirection": "DESC", "limit": 1, "offset": 1},
    });
    let second = export(&api, &path, &body);
    assert_ne!(job, second);
    assert_eq!(read(&api, &second), format!("{head}{}", lines[1]));
    let body = json!({"queryOptions": {"sortColumn": "", "sortDirection": "", "limit": 2.0}});
    let third = export(&api, &path, &body);
    assert_eq!(read(&api, &third), format!("{head}{}{}", lines[0], lines[1]));

    for (body, message) in [
        (json!({"query": {"none": 1}}), r#"the table has no column "none""#),
        (
            json!({"queryOptions": {"sortColumn": "none"}}),
            r#"the table has no column "none""#,
        ),
        (json!({"queryOptions": {"limit": 1.5}}), "limit is no count: 1.5"),
        (json!({"queryOptions": {"offset": -1}}), "offset is no count: -1"),
    ] {
        assert_eq!(api.refused("POST", &path, &body), message);
    }
    assert_eq!(
        api.send(
            "POST",
            "/data-tables/000000000000000000000000/rows/export",
            Some(&json!({}))
        )
        .0,
        404
    );
}

#[test]
fn jobs_are_written_down() {
    let api = Api::start();
    let body = json!({"attributes": ["status"]});
    let job = export(&api, "/data/export", &body);
    let connection = rusqlite::Connection::open(api.emulator.database()).unwrap();
    let sql = r#"SELECT "id", "operation", "request", "files" FROM "jobs""#;
    let row: (String, String, String, String) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap();
    assert_eq!(
        row,
        (
            job.clone(),
            "data.export".to_owned(),
            body.to_string(),
            format!("{job}.csv")
        )
    );
}

#[test]
fn data_are_exported() {
    let api = Api::start();
    let (gateway, freezer) = ("575ecf887ae143cd83dc4aa2", "575ef5c97ae143cd83dc4aac");
    let body = json!({
        "deviceIds": [gateway, freezer],
        "attributes": ["voltage", "open"],
        "start": emulator::START - 20 * 60_000,
        "end": 0,
    });
    let job = export(&api, "/data/export", &body);
    let expected = "ID,Timestamp,ISO Date,open,voltage\n\
        575ecf887ae143cd83dc4aa2,1704066000000,2023-12-31T23:40:00.000Z,,11\n\
        575ecf887ae143cd83dc4aa2,1704066600000,2023-12-31T23:50:00.000Z,,11.7\n\
        575ef5c97ae143cd83dc4aac,1704066000000,2023-12-31T23:40:00.000Z,,12.3\n\
        575ef5c97ae143cd83dc4aac,1704066600000,2023-12-31T23:50:00.000Z,,13\n";
    assert_eq!(read(&api, &job), expected);

    let mut plain = body.clone();
    plain["options"] =
        json!({"includeID": false, "includeDate": false, "includeBlobData": true, "filePerDevice": true});
    plain["attributes"] = json!(["voltage"]);
    let job = export(&api, "/data/export", &plain);
    let of = |device: &str| read(&api, &format!("{job}.{device}"));
    assert_eq!(of(gateway), "Timestamp,voltage\n1704066000000,11\n1704066600000,11.7\n");
    assert_eq!(of(freezer), "Timestamp,voltage\n1704066000000,12.3\n1704066600000,13\n");

    // Everything: three devices report, each 144 voltages; the other attributes come at the same times.
    let job = export(&api, "/data/export", &json!({}));
    assert_eq!(read(&api, &job).lines().count(), 1 + 3 * 144);
}
