//! Structs, maps and arrays.

use apicrate_runtime::{DateTime, Json, Map, Maybe, Scalar, from_str, to_string};

use crate::{base, body, reads, violations, violations_of, writes};

#[test]
fn required_optional_nullable() {
    use case_required_optional_nullable::schemas::{Profile, ProfileRequired, ProfileTheme};

    let profile = Profile::new(ProfileRequired {
        name: "Ada".into(),
        nickname: None,
    });
    writes(&profile, r#"{"name": "Ada", "nickname": null}"#);
    let profile = profile
        .motto("On!")
        .phone(Maybe::Null)
        .theme(ProfileTheme::Dark)
        .scores(vec![Some(1), None]);
    writes(
        &profile,
        r#"{"name": "Ada", "nickname": null, "motto": "On!", "phone": null, "theme": "dark", "scores": [1, null]}"#,
    );
    assert_eq!(violations(&profile), [""; 0]);
    let read: Profile = reads(r#"{"name": "", "nickname": "A", "motto": null, "theme": null, "more": [1.50]}"#);
    assert_eq!((read.motto, read.phone, read.theme), (None, Maybe::Absent, Maybe::Null));
    assert_eq!(read.unknown_fields["more"].to_string(), "[1.50]");
    assert_eq!(
        violations_of::<Profile>(r#"{"name": "", "nickname": "A", "motto": null}"#),
        ["/motto type"]
    );
    assert_eq!(
        violations_of::<Profile>(r#"{"name": "", "nickname": null, "theme": null, "scores": [null]}"#),
        [""; 0]
    );
    let missing = from_str::<Profile>(r#"{"name": "Ada"}"#).unwrap_err().to_string();
    assert!(missing.contains("nickname"), "{missing}");
}

#[test]
fn nullable_reference() {
    use case_nullable_reference::schemas::{MaybePoint, Place, Point, PointRequired};

    let point = |x, y| Point::new(PointRequired { x, y });

    let mut place = Place::new(Some(point(1.0, 2.5)));
    place.by_any_of = Maybe::Null;
    place.at_the_target = MaybePoint::new(0.5).into();
    place.points = Some(vec![None, Some(point(0.0, 0.0))]);
    writes(
        &place,
        r#"{"by_one_of": {"x": 1, "y": 2.5}, "by_any_of": null, "at_the_target": {"x": 0.5},
            "points": [null, {"x": 0, "y": 0}]}"#,
    );
    assert_eq!(violations(&place), [""; 0]);
    let read: Place = reads(r#"{"by_one_of": null, "at_the_target": null}"#);
    assert_eq!(
        (read.by_one_of, read.by_any_of, read.at_the_target),
        (None, Maybe::Absent, Maybe::Null)
    );
}

#[test]
fn nullable_reference_3_0() {
    use case_nullable_reference_3_0::schemas::{Place, Point, PointRequired};

    let place: Place = reads(r#"{"center": null, "corner": {"x": 1, "y": 2}}"#);
    let corner = Point::new(PointRequired { x: 1.0, y: 2.0 });
    assert_eq!(place.corner.value(), Some(&corner));
    assert_eq!(violations_of::<Place>(r#"{"center": null, "corner": null}"#), [""; 0]);
}

#[test]
fn additional_properties_schema() {
    use case_additional_properties_schema::operations::stock;
    use case_additional_properties_schema::runtime::Call as _;
    use case_additional_properties_schema::schemas::Stock;

    let goods = Stock::new("North").entry("bolts", 7).entry("nuts", -1);
    assert_eq!(goods.get("bolts"), Some(&7));
    let invalid = stock::set_stock(goods).into_http(&base()).unwrap_err();
    assert_eq!(
        (invalid.faults[0].place.as_str(), invalid.faults[0].pointer.as_str()),
        ("body", "/nuts")
    );
    let read: Stock = reads(r#"{"bolts": 7, "warehouse": "North", "nuts": "many"}"#);
    assert_eq!(
        (read.additional_properties.len(), read.unknown_fields["nuts"].as_str()),
        (1, Some("many"))
    );
    assert_eq!(violations(&read), ["/nuts type"]);
}

#[test]
fn additional_properties_false() {
    use case_additional_properties_false::operations::limit;
    use case_additional_properties_false::runtime::Call as _;
    use case_additional_properties_false::schemas::{Limit, Nothing};

    let mut most = Limit::new().rows(5);
    let request = limit::set_limit(most.clone()).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"rows":5}"#);
    most.unknown_fields.insert("columns", Json::from(3));
    assert_eq!(violations(&most), ["/columns additionalProperties"]);
    // A newer server may know more properties; they are kept.
    assert_eq!(
        violations_of::<Limit>(r#"{"columns": 3}"#),
        ["/columns additionalProperties"]
    );
    assert_eq!(
        violations_of::<Nothing>(r#"{"something": null}"#),
        ["/something additionalProperties"]
    );
    assert_eq!(Nothing::default(), reads("{}"));
}

#[test]
fn pattern_properties() {
    use case_pattern_properties::operations::row;
    use case_pattern_properties::runtime::Call as _;
    use case_pattern_properties::schemas::Row;

    let cells: Row = [
        ("name", "Ada".into()),
        ("age", 36.into()),
        ("gone", Scalar::or_null(None::<bool>)),
    ]
    .into_iter()
    .collect();
    let request = row::set_row(cells).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"name":"Ada","age":36,"gone":null}"#);
    let read: Row = reads(r#"{"exact": 1.10, "Wrong": true}"#);
    assert_eq!(to_string(&read["exact"]), "1.10");
    assert_eq!(violations(&read), ["/Wrong additionalProperties"]);
}

#[test]
fn pattern_beside_properties() {
    use case_pattern_beside_properties::schemas::Row;

    let read: Row = reads(r#"{"id": "a", "createdAt": "2024-02-30T00:00:00Z", "x-size": 3, "x-name": "b"}"#);
    assert_eq!((read.get("x-size"), read.get("createdAt")), (Some(&3), None));
    assert_eq!(read.unknown_fields["x-name"].as_str(), Some("b"));
    let mut found = violations(&read);
    found.sort();
    assert_eq!(found, ["/createdAt format", "/x-name type"]);
    let created: DateTime = "2024-02-29T00:00:00Z".parse().unwrap();
    writes(
        &Row::new("a").created_at(created).entry("x-size", 3),
        r#"{"id": "a", "createdAt": "2024-02-29T00:00:00Z", "x-size": 3}"#,
    );
}

#[test]
fn several_patterns() {
    use case_several_patterns::schemas::{Counters, Readings};

    let counters: Counters = reads(r#"{"in_a": 1, "out_b": 2}"#);
    assert_eq!(counters.values().sum::<i64>(), 3);
    assert_eq!(
        violations_of::<Readings>(r#"{"n_a": 1.5, "t_b": "warm", "n_c": "cold"}"#),
        ["/n_c type"]
    );
}

#[test]
fn free_form_object() {
    use case_free_form_object::schemas::{Anything, Note};

    let anything: Anything = Map::from([("deep", Json::from(vec![1, 2]))]).into();
    let note = Note::new(anything).extra(Map::new());
    writes(&note, r#"{"meta": {"deep": [1, 2]}, "extra": {}}"#);
    let found = violations_of::<Note>(r#"{"meta": {"a": {"b": 1.50}}, "limited": {"a": 1, "b": 2, "c": 3}}"#);
    assert_eq!(found, ["/limited maxProperties"]);
}

#[test]
fn free_form_any() {
    use case_free_form_any::operations::cell::{self, SetCell};
    use case_free_form_any::runtime::Call as _;
    use case_free_form_any::schemas::Cell;

    let value = Cell::new(1.5).before("one").list(vec![Json::Null, Json::from(true)]);
    writes(&value, r#"{"now": 1.5, "before": "one", "list": [null, true]}"#);
    let read: Cell = reads(r#"{"now": null, "before": null, "always": {"a": [1.0]}}"#);
    assert_eq!((read.now.is_null(), read.before), (true, Some(Json::Null)));
    let refused = cell::set_cell(value.never(0)).into_http(&base()).unwrap_err();
    assert_eq!(refused.faults[0].pointer, "/never");
    let was = SetCell::decode(crate::response(200, "[1, 2.50]")).unwrap();
    assert_eq!(was.to_string(), "[1,2.50]");
}

#[test]
fn array_component() {
    use case_array_component::operations::names;
    use case_array_component::runtime::Call as _;
    use case_array_component::schemas::{Grid, Names};

    let few: Names = ["Ada", "Bob"].map(str::to_owned).into_iter().collect();
    assert_eq!(few.len(), 2);
    let request = names::set_names(few).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"["Ada","Bob"]"#);
    assert_eq!(violations(&Names(vec![])), [" minItems"]);
    assert_eq!(violations_of::<Names>(r#"["a", "a"]"#), [" uniqueItems"]);
    let grid: Grid = reads(r#"[[{"value": 1}, {"value": 2, "unit": "m"}], []]"#);
    assert_eq!(grid[0][1].unknown_fields["unit"].as_str(), Some("m"));
}

#[test]
fn map_component() {
    use case_map_component::operations::labels;
    use case_map_component::runtime::Call as _;
    use case_map_component::schemas::{Groups, Labels};

    let mut some = Labels::from(Map::from([("a", "1".to_owned())]));
    some.insert("b", "2".to_owned());
    let request = labels::set_labels(some.clone()).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"a":"1","b":"2"}"#);
    some.insert("c", "3".to_owned());
    assert_eq!(violations(&some), [" maxProperties"]);
    let groups: Groups = reads(r#"{"left": {"size": 2}, "right": {}}"#);
    assert_eq!((groups["left"].size, groups["right"].size), (Some(2), None));
}

#[test]
fn recursion_direct() {
    use case_recursion_direct::schemas::{Node, NodeRequired};

    let node = |value, children| Node::new(NodeRequired { value, children });
    let leaf = |value| node(value, vec![]);
    let tree = node(1, vec![leaf(4)]).left(leaf(2)).right(Box::new(leaf(3)));
    writes(
        &tree,
        r#"{"value": 1, "left": {"value": 2, "children": []}, "right": {"value": 3, "children": []},
            "children": [{"value": 4, "children": []}]}"#,
    );
    let read: Node = reads(
        r#"{"value": 1, "right": null, "children": [{"value": "x", "children": []}]}"#
            .replace("\"x\"", "5")
            .as_str(),
    );
    assert_eq!((read.right, read.children[0].value), (Maybe::Null, 5));
    let deep = from_str::<Node>(r#"{"value": 1, "children": [{"value": "x", "children": []}]}"#).unwrap_err();
    assert!(deep.to_string().contains("/children/0/value"), "{deep}");
}

#[test]
fn recursion_through_maps() {
    use case_recursion_through_maps::schemas::{Chain, Folder, Value};

    let folder: Folder = reads(r#"{"folders": {"a": {"folders": {"b": {}}}, "c": {}}}"#);
    let inner = &folder.folders.unwrap()["a"];
    assert_eq!(inner.folders.as_ref().unwrap()["b"], Folder::default());
    let chain: Chain = reads(r#"{"a": {"b": {}}}"#);
    assert!(chain["a"]["b"].is_empty());
    let value: Value = reads(r#"[1.0, {"a": ["b", true]}]"#);
    assert!(matches!(&value, Value::Array(elements) if matches!(elements[1], Value::Map(_))));
    assert_eq!(violations(&value), [""; 0]);
}

#[test]
fn all_of_merge() {
    use case_all_of_merge::schemas::{Device, DevicePlace, DeviceRequired};

    let device = |name: &str, note: &str| {
        Device::new(DeviceRequired {
            name: name.into(),
            serial: 7,
            note: note.into(),
        })
    };
    let lamp = device("Lamp", "new").place(DevicePlace::new().room("Hall"));
    writes(
        &lamp,
        r#"{"name": "Lamp", "serial": 7, "note": "new", "place": {"room": "Hall"}}"#,
    );
    assert_eq!(violations(&lamp), [""; 0]);
    assert_eq!(violations(&device("", "")), ["/name minLength"]);
    assert!(from_str::<Device>(r#"{"name": "Lamp", "serial": 7}"#).is_err());
}

#[test]
fn all_of_one_reference() {
    use case_all_of_one_reference::schemas::{House, Landlord, Person};

    let owner: Landlord = Person::new("Ada");
    let mut house = House::new(owner);
    house.tenants = Some(vec![Person::new("Bob")]);
    writes(&house, r#"{"owner": {"name": "Ada"}, "tenants": [{"name": "Bob"}]}"#);
}

#[test]
fn container_of_schemas() {
    use case_container_of_schemas::schemas::{Description, ObjectId, Thing};

    let id: ObjectId = "0123456789abcdef01234567".parse().unwrap();
    assert!("0123".parse::<ObjectId>().is_err());
    let mut thing = Thing::new(id);
    thing.about = Some(Description::from("a thing"));
    thing.name = Some("too long for it".into());
    assert_eq!(violations(&thing), ["/name maxLength"]);
    // A response may hold an id that its pattern refuses; it is kept, and reported.
    assert_eq!(violations_of::<Thing>(r#"{"id": "new-style"}"#), ["/id pattern"]);
}

#[test]
fn reference_with_siblings_3_1() {
    use case_reference_with_siblings_3_1::schemas::{Guest, GuestExtended, GuestExtendedRequired};

    let mut guest = Guest::default();
    guest.narrowed = Some("A".into());
    guest.extended = Some(GuestExtended::new(GuestExtendedRequired {
        first: "Ada".into(),
        last: "Lovelace".into(),
    }));
    assert_eq!(violations(&guest), ["/narrowed minLength"]);
    guest.narrowed = Some("far too long".into());
    assert_eq!(violations(&guest), ["/narrowed maxLength"]);
    assert!(from_str::<GuestExtended>(r#"{"first": "Ada"}"#).is_err());
}

#[test]
fn bounds() {
    use case_bounds::schemas::Bounds;

    let table = [
        (r#"{"open": 0}"#, "/open exclusiveMinimum"),
        (r#"{"open": 1}"#, "/open exclusiveMaximum"),
        (r#"{"closed": 11}"#, "/closed maximum"),
        (r#"{"cents": 0.125}"#, "/cents multipleOf"),
        (r#"{"exact": 9223372036854775809}"#, "/exact maximum"),
        (r#"{"word": "a"}"#, "/word minLength"),
        (r#"{"word": "éééé"}"#, "/word maxLength"),
        (r#"{"pair": [1, 1]}"#, "/pair uniqueItems"),
        (r#"{"pair": [1, 2, 3]}"#, "/pair maxItems"),
        ("{}", " minProperties"),
    ];
    for (text, violation) in table {
        assert_eq!(violations_of::<Bounds>(text), [violation], "{text}");
    }
    let large = r#"{"unsigned": 18446744073709551615, "beyond": 123456789012345678901234567890}"#;
    let bounds: Bounds = reads(large);
    assert_eq!(bounds.unsigned, Some(u64::MAX));
    assert_eq!(bounds.beyond.unwrap().to_string(), "123456789012345678901234567890");
    let fits = r#"{"open": 0.5, "closed": 10, "cents": 0.29, "huge": 1e300, "exact": 9223372036854775808, "word": "éé", "pair": [1, 2]}"#;
    assert_eq!(violations_of::<Bounds>(fits), [""; 0]);
}

#[test]
fn keywords_of_3_1() {
    use case_keywords_of_3_1::schemas::Payment;

    let table = [
        (r#"{"kind": "card"}"#, " required"),
        (r#"{"card": "1"}"#, " dependentRequired"),
        (r#"{"pair": ["a", 1, 2]}"#, "/pair/2 items"),
        (r#"{"scores": [1, 2]}"#, "/scores contains"),
        (r#"{"scores": [91, 92, 93]}"#, "/scores maxContains"),
        (r#"{"not_empty": ""}"#, "/not_empty not"),
        (r#"{"more": 1}"#, "/more unevaluatedProperties"),
    ];
    for (text, violation) in table {
        assert_eq!(violations_of::<Payment>(text), [violation], "{text}");
    }
    let fits = r#"{"kind": "card", "card": "1", "holder": "Ada", "pair": ["a", 1], "scores": [91, 1]}"#;
    assert_eq!(violations_of::<Payment>(fits), [""; 0]);
}

#[test]
fn components_only() {
    use case_components_only::schemas::{Alias, Flag, Nothing, Weight};
    use case_components_only::{ClientBuilder, SERVER};

    let (word, flag, weight): (Alias, Flag, Weight) = ("word".to_owned(), true, 1.5);
    writes(&word, "\"word\"");
    writes(&flag, "true");
    writes(&weight, "1.5");
    assert_eq!(reads::<Nothing>("null").0, Json::Null);
    // The document names no server, so a client has to be given one.
    assert_eq!(SERVER, "");
    assert!(ClientBuilder::default().request_defaults().is_err());
    assert!(
        ClientBuilder::default()
            .base_url("https://words.example")
            .request_defaults()
            .is_ok()
    );
}

#[test]
fn the_names_of_properties_are_escaped() {
    use case_names_obstacle_course::schemas::Everything;
    let text = r#"{"größe": 1, "quo\"ted": 2, "back\\slash": 3, "new\nline": 4, "": 5}"#;
    let everything: Everything = reads(text);
    assert_eq!(everything.unknown_fields.len(), 0);
    writes(&everything, text);
    let first: Everything = reads(r#"{"quo\"ted": 2}"#);
    assert_eq!(to_string(&first), r#"{"quo\"ted":2}"#);
}
