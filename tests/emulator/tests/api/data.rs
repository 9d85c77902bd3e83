//! The two queries for what devices reported.

use serde_json::{Value, json};

use crate::support::Api;

const GATEWAY: &str = "575ecf887ae143cd83dc4aa2";
const FREEZER: &str = "575ef5c97ae143cd83dc4aac";
const OVEN: &str = "575ef5c97ae143cd83dc4aad";
const SPARE: &str = "575ef5c97ae143cd83dc4aae";

/// When a new file starts, in milliseconds since 1970.
const START: i64 = emulator::START;
const HOUR: i64 = 3_600_000;

fn series(api: &Api, body: &Value) -> Value {
    api.ok("POST", "/data/time-series-query", body)
}

/// Returns the points of the only device that was chosen.
fn points(response: &Value) -> Vec<Value> {
    let devices: Vec<&Value> = response["devices"].as_object().unwrap().values().collect();
    assert_eq!(devices.len(), 1);
    devices[0]["points"].as_array().unwrap().clone()
}

/// Returns the values of an attribute of the only device that was chosen.
fn values(response: &Value, attribute: &str) -> Value {
    points(response)
        .iter()
        .map(|point| point["data"][attribute].clone())
        .collect()
}

#[test]
fn a_series_says_what_was_asked() {
    let api = Api::start();
    let body = json!({
        "deviceIds": [FREEZER],
        "attributes": ["voltage"],
        "start": START - HOUR,
        "end": START,
        "resolution": 30 * 60_000,
        "aggregation": "MEAN",
    });
    let response = series(&api, &body);
    let point = |time: &str, value: f64| json!({"time": time, "data": {"voltage": value}});
    let expected = json!({
        "start": "2023-12-31T23:00:00.000Z",
        "end": "2024-01-01T00:00:00.000Z",
        "resolution": 1_800_000,
        "aggregation": "MEAN",
        "limit": null,
        "order": "asc",
        "devices": {
            FREEZER: {
                "name": "Freezer",
                "tags": {"building": ["north"], "floor": ["8"]},
                "points": [
                    point("2023-12-31T23:00:00.000Z", mean(&[voltage(138), voltage(139), voltage(140)])),
                    point("2023-12-31T23:30:00.000Z", mean(&[voltage(141), voltage(142), voltage(143)])),
                ],
            },
        },
    });
    assert_eq!(response, expected);
}

/// The voltages of the second device, as the documentation of the emulator shows them.
fn voltage(step: i32) -> f64 {
    10.0 + f64::from((step * 7 + 13) % 41) / 10.0
}

fn mean(values: &[f64; 3]) -> f64 {
    values.iter().sum::<f64>() / 3.0
}

#[test]
fn aggregations() {
    let api = Api::start();
    let ask = |attribute: &str, aggregation: Value| {
        let body = json!({
            "deviceIds": [FREEZER],
            "attributes": [attribute],
            "start": START - 4 * HOUR,
            "end": START,
            "aggregation": aggregation,
            "resolution": 2 * HOUR,
        });
        values(&series(&api, &body), attribute)
    };
    // Voltages of the first two hours: 13.3 14 10.6 11.3 12 12.7 13.4 10 10.7 11.4 12.1 12.8
    let raw: Vec<f64> = (120..132).map(voltage).collect();
    assert_eq!(
        json!(raw),
        json!([13.3, 14.0, 10.6, 11.3, 12.0, 12.7, 13.4, 10.0, 10.7, 11.4, 12.1, 12.8])
    );
    let first = |aggregation: &str| ask("voltage", json!(aggregation))[0].as_f64().unwrap();
    let is_near = |left: f64, right: f64| (left - right).abs() < 1e-9;
    assert!(is_near(first("FIRST"), 13.3));
    assert!(is_near(first("LAST"), 12.8));
    assert!(is_near(first("COUNT"), 12.0));
    assert!(is_near(first("MAX"), 14.0));
    assert!(is_near(first("MIN"), 10.0));
    assert!(is_near(first("MEDIAN"), 12.05));
    assert!(is_near(first("MEAN"), 12.025));
    assert!(is_near(first("SUM"), 144.3));
    assert!(is_near(first("STD_DEV"), 1.200_086_802_416_114));
    assert!(is_near(
        ask("voltage", json!({"type": "MAX", "options": {}}))[0]
            .as_f64()
            .unwrap(),
        14.0
    ));
    // Texts and booleans can be chosen and counted, and nothing else.
    assert_eq!(ask("status", json!("FIRST")), json!(["fault", "ok"]));
    assert_eq!(ask("status", json!("COUNT")), json!([1, 1]));
    assert_eq!(ask("status", json!("MEAN")), json!([]));
    assert_eq!(ask("open", json!("LAST")), json!([false, true]));
    assert_eq!(ask("open", json!("SUM")), json!([]));
    let time =
        |attribute: &str, value: Value| ask(attribute, json!({"type": "TIMEATVALUE", "options": {"value": value}}));
    assert_eq!(time("open", json!(true)), json!([HOUR, HOUR]));
    assert_eq!(time("open", json!(false)), json!([HOUR, HOUR]));
    assert_eq!(time("status", json!("fault")), json!([2 * HOUR, 0]));
    assert_eq!(time("voltage", json!(13.3)), json!([600_000, 0]));
}

#[test]
fn time_at_a_value_counts_from_the_report_before() {
    let api = Api::start();
    let body = json!({
        "deviceIds": [FREEZER],
        "attributes": ["status"],
        "start": START - 3 * HOUR,
        "end": START - 2 * HOUR,
        "aggregation": {"type": "TIMEATVALUE", "options": {"value": "fault"}},
    });
    assert_eq!(values(&series(&api, &body), "status"), json!([HOUR]));
    // Before the first report there is nothing to count.
    let mut early = body.clone();
    early["start"] = json!(START - 30 * HOUR);
    early["end"] = json!(START - 25 * HOUR);
    assert_eq!(values(&series(&api, &early), "status"), json!([]));
}

#[test]
fn the_time_has_several_formats() {
    let api = Api::start();
    let range = |body: Value| {
        let response = series(&api, &body);
        json!([response["start"], response["end"]])
    };
    // Each request is a millisecond later.
    assert_eq!(
        range(json!({})),
        json!(["2023-12-31T00:00:00.001Z", "2024-01-01T00:00:00.001Z"])
    );
    assert_eq!(
        range(json!({"end": 0})),
        json!(["2023-12-31T00:00:00.002Z", "2024-01-01T00:00:00.002Z"])
    );
    assert_eq!(
        range(json!({"end": -HOUR, "duration": HOUR})),
        json!(["2023-12-31T22:00:00.003Z", "2023-12-31T23:00:00.003Z"])
    );
    assert_eq!(
        range(json!({"start": -2 * HOUR, "duration": 5})),
        json!(["2023-12-31T22:00:00.004Z", "2024-01-01T00:00:00.004Z"])
    );
    assert_eq!(
        range(json!({"start": 0, "end": 1000.0})),
        json!(["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z"])
    );
    for (body, message) in [
        (json!({"duration": -1}), "duration is negative: -1"),
        (json!({"end": 1.5}), "end is no whole number: 1.5"),
        (json!({"limit": -1}), "limit is negative: -1"),
        (
            json!({"start": 0, "resolution": 1}),
            "a series has at most 100000 points",
        ),
    ] {
        assert_eq!(api.refused("POST", "/data/time-series-query", &body), message);
    }
}

#[test]
fn raw_points_may_be_limited_and_turned() {
    let api = Api::start();
    let ask = |more: Value| {
        let mut body = json!({"deviceIds": [FREEZER], "start": START - HOUR, "end": START});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        series(&api, &body)
    };
    let whole = ask(json!({}));
    assert_eq!(
        (&whole["aggregation"], &whole["resolution"]),
        (&json!("NONE"), &json!(null))
    );
    let all = points(&whole);
    assert_eq!(all.len(), 6);
    // What is reported at one time is one point.
    assert_eq!(
        all[0],
        json!({"time": "2023-12-31T23:00:00.000Z", "data": {"open": true, "voltage": voltage(138)}})
    );
    assert_eq!(
        all[1],
        json!({"time": "2023-12-31T23:10:00.000Z", "data": {"voltage": voltage(139)}})
    );
    let turned = ask(json!({"order": "desc", "limit": 2}));
    assert_eq!((&turned["order"], &turned["limit"]), (&json!("desc"), &json!(2)));
    assert_eq!(points(&turned), [all[5].clone(), all[4].clone()]);
    assert_eq!(points(&ask(json!({"limit": 1}))), [all[0].clone()]);
    let last = ask(json!({"resolution": HOUR, "attributes": ["voltage", "none"]}));
    assert_eq!(last["aggregation"], "LAST");
    assert_eq!(
        points(&last),
        [json!({"time": "2023-12-31T23:00:00.000Z", "data": {"voltage": 13}})]
    );
}

#[test]
fn the_last_values() {
    let api = Api::start();
    let ask = |body: Value| api.ok("POST", "/data/last-value-query", &body);
    let one = |time: &str, data: Value| json!({"time": time, "data": data});
    assert_eq!(
        ask(json!({"attribute": "voltage", "deviceIds": [GATEWAY, SPARE]})),
        json!({GATEWAY: one("2023-12-31T23:50:00.000Z", json!({"voltage": 11.7}))})
    );
    assert_eq!(
        ask(json!({"attribute": "status", "deviceIds": [FREEZER]})),
        json!({FREEZER: one("2023-12-31T22:00:00.000Z", json!({"status": "ok"}))})
    );
    // A report counts from its own time on.
    assert_eq!(
        ask(json!({"attribute": "status", "deviceIds": [FREEZER], "end": START - 4 * HOUR})),
        json!({FREEZER: one("2023-12-31T20:00:00.000Z", json!({"status": "fault"}))})
    );
    // Without an attribute: what came with the last report.
    assert_eq!(
        ask(json!({"deviceIds": [FREEZER], "end": START - HOUR})),
        json!({FREEZER: one("2023-12-31T23:00:00.000Z", json!({"open": true, "voltage": voltage(138)}))})
    );
    assert_eq!(ask(json!({"attribute": "none"})), json!({}));
    assert_eq!(ask(json!({"end": 1})), json!({}));
}

/// Returns the ids of the devices that a body chooses.
fn chosen(api: &Api, body: &Value) -> Vec<String> {
    let response = series(api, body);
    response["devices"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn devices_are_chosen() {
    let api = Api::start();
    let cases: &[(Value, &[&str])] = &[
        (json!({}), &[GATEWAY, FREEZER, OVEN, SPARE]),
        (
            json!({"deviceIds": [OVEN.to_uppercase(), "000000000000000000000000"]}),
            &[OVEN],
        ),
        (json!({"deviceIds": []}), &[]),
        (
            json!({"deviceTags": [{"key": "floor", "value": "8"}]}),
            &[FREEZER, OVEN],
        ),
        (json!({"deviceTags": [{"key": "building"}]}), &[GATEWAY, FREEZER, OVEN]),
        (
            json!({"deviceTags": [{"value": "south"}, {"value": "1"}]}),
            &[GATEWAY, OVEN],
        ),
        (json!({"deviceTags": [{"key": "floor", "value": "north"}]}), &[]),
        (
            json!({"deviceIds": [SPARE], "deviceTags": [{"value": "annex"}]}),
            &[OVEN, SPARE],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(chosen(&api, body), *expected, "{body}");
    }
}

#[test]
fn devices_are_chosen_by_query() {
    let api = Api::start();
    let cases: &[(Value, &[&str])] = &[
        (json!({}), &[GATEWAY, FREEZER, OVEN, SPARE]),
        (json!({"name": {"$startsWith": "o", "$ci": true}}), &[OVEN]),
        (json!({"id": {"$in": [GATEWAY, SPARE]}}), &[GATEWAY, SPARE]),
        (json!({"gatewayId": GATEWAY}), &[FREEZER, OVEN, SPARE]),
        (json!({"gatewayId": null}), &[GATEWAY]),
        (json!({"parentId": {"$ne": null}}), &[]),
        (json!({"deviceClass": "gateway"}), &[GATEWAY]),
        (json!({"connectionStatus": {"$nin": ["connected"]}}), &[OVEN, SPARE]),
        (json!({"disconnectedAt": {"$gt": "2023-12-31T22:00:00Z"}}), &[OVEN]),
        (json!({"connectedAt": null}), &[SPARE]),
        (
            json!({"deletedAt": null, "$nor": [{"name": "Oven"}]}),
            &[GATEWAY, FREEZER, SPARE],
        ),
        (json!({"attributeName": "voltage"}), &[GATEWAY, FREEZER, OVEN, SPARE]),
        (json!({"attributeName": {"$ne": "voltage"}}), &[]),
        (
            json!({"attributeName": {"$nin": ["none"]}}),
            &[GATEWAY, FREEZER, OVEN, SPARE],
        ),
        (
            json!({"attributeName": {"$contains": "TAGE", "$ci": true}}),
            &[GATEWAY, FREEZER, OVEN, SPARE],
        ),
        (json!({"ancestorId": null}), &[GATEWAY, FREEZER, OVEN, SPARE]),
        (json!({"experienceUserId": GATEWAY}), &[]),
        (
            json!({"experienceGroupId": {"$ne": GATEWAY}}),
            &[GATEWAY, FREEZER, OVEN, SPARE],
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(chosen(&api, &json!({"deviceQuery": query})), *expected, "{query}");
    }
}

#[test]
fn devices_are_chosen_by_their_tags() {
    let api = Api::start();
    let cases: &[(Value, &[&str])] = &[
        (json!({"floor": "8"}), &[FREEZER, OVEN]),
        (json!({"floor": "8", "building": "south"}), &[OVEN]),
        (json!({"building": {"$in": ["annex", "none"]}}), &[OVEN]),
        (json!({"building": {"$nin": ["north"]}}), &[OVEN]),
        (json!({"floor": null}), &[SPARE]),
        (json!({}), &[GATEWAY, FREEZER, OVEN, SPARE]),
        (json!(null), &[SPARE]),
        (json!({"$tagKey": "floor"}), &[GATEWAY, FREEZER, OVEN]),
        (json!({"$tagValue": "north"}), &[GATEWAY, FREEZER]),
        (json!({"$tagKey": "floor", "$tagValue": "north"}), &[]),
        (
            json!({"$tagKey": {"$in": ["building"]}, "$tagValue": {"$nin": ["north"]}}),
            &[OVEN],
        ),
        (json!({"$tagKey": "building", "$tagValue": null}), &[SPARE]),
        (json!({"$eq": {"floor": "1"}}), &[GATEWAY]),
        (json!({"$ne": {"floor": "8"}}), &[GATEWAY, SPARE]),
        (json!({"$ne": null}), &[GATEWAY, FREEZER, OVEN]),
        (json!({"$eq": {"$tagKey": "floor", "$tagValue": "8"}}), &[FREEZER, OVEN]),
    ];
    for (tags, expected) in cases {
        let body = json!({"deviceQuery": {"tags": tags}});
        assert_eq!(chosen(&api, &body), *expected, "{tags}");
    }
}

#[test]
fn an_application_that_is_not_there_has_no_data() {
    let api = Api::start();
    let token = format!("Bearer {}", api.emulator.token());
    let headers = [("Authorization", token.as_str()), ("Content-Type", "application/json")];
    for operation in ["export", "last-value-query", "time-series-query"] {
        let target = format!("/applications/000000000000000000000000/data/{operation}");
        assert_eq!(api.raw("POST", &target, &headers, "{}").status, 404);
    }
}
