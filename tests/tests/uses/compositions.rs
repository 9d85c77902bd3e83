//! Schemas that leave the type open, and unions among the parts of `allOf`.

use crate::{reads, violations, violations_of, writes};

#[test]
fn schemas_without_type() {
    use case_schemas_without_type::schemas::{
        Asked, Bounded, Closed, Count, Elements, Few, Labels, Long, Mixed, Never, NullableText, NullableThing, Ratio,
        Soon, Thing, When, Yes,
    };

    // An object is read into properties; anything else is kept as received, and is valid.
    let thing: Thing = reads(r#"{"name": "n", "kind": 4}"#);
    assert_eq!(
        (thing.name.as_deref(), thing.kind),
        (Some("n"), Some(Bounded(4.into())))
    );
    for text in ["1", "null", "\"text\"", "[{}]", "false"] {
        assert!(reads::<Thing>(text).non_object.is_some());
        assert!(violations_of::<Thing>(text).is_empty());
        assert!(violations_of::<Labels>(text).is_empty());
        assert!(violations_of::<Closed>(text).is_empty());
        assert_eq!(violations_of::<Never>(text), [" not"]);
    }
    assert_eq!(violations_of::<Thing>(r#"{"kind": 2}"#), ["/kind minimum"]);
    assert!(reads::<Asked>("[1]").non_object.is_some() && violations_of::<Asked>("[1]").is_empty());
    assert_eq!(violations_of::<Asked>(r#"{"a": null, "b": "2"}"#), [""; 0]);
    let labels: Labels = reads(r#"{"a": "b"}"#);
    assert_eq!(labels.get("a").unwrap(), "b");
    assert_eq!(violations_of::<Labels>(r#"{"a": 1}"#), ["/a type"]);
    assert_eq!(violations_of::<Closed>(r#"{"a": 1}"#), ["/a additionalProperties"]);
    assert_eq!(violations_of::<Elements>(r#"["a"]"#), ["/0 type"]);
    assert!(violations_of::<Elements>("\"a\"").is_empty() && violations_of::<Bounded>("\"a\"").is_empty());
    assert_eq!(
        (violations_of::<Bounded>("2"), violations_of::<Long>("\"ab\"")),
        (vec![" minimum".into()], vec![" minLength".into()])
    );
    assert_eq!(violations_of::<Few>(r#"{"a": 1, "b": 2}"#), [" maxProperties"]);

    // A string is for the subschema that is for strings, even where the other one would take it.
    assert!(matches!(reads("\"a\""), Mixed::Text(text) if text == "a"));
    assert!(matches!(reads("7"), Mixed::Named(named) if named.non_object.is_some()));

    // What a schema asks beyond its type is asked of the type by itself.
    assert_eq!(violations(&Count::from(0)), [" minimum"]);
    assert_eq!(violations(&Ratio::from(0.0)), [" exclusiveMinimum"]);
    assert_eq!(violations(&Yes(false)), [" enum"]);
    assert_eq!(violations(&NullableText::from("a")), [" minLength"]);
    assert!(violations_of::<Option<NullableText>>("null").is_empty());
    assert!(violations_of::<Option<NullableThing>>("null").is_empty());
    assert_eq!(violations_of::<When>("\"noon\""), [" format"]);
    assert_eq!(violations_of::<Soon>("\"2020-1-1\""), [" format", " minLength"]);
    assert_eq!((*Count::from(3), Count::from(3).to_string()), (3, "3".to_owned()));
    let text = NullableText::from("text");
    assert!(text == "text" && text.starts_with("te"));
}

#[test]
fn all_of_with_unions() {
    use case_all_of_with_unions::schemas::{Beside, Both, Event, EventKey, EventKeyRequired, Narrowed};

    // Each subschema has the properties of all events.
    let event = EventKey::new(EventKeyRequired {
        key: "k".into(),
        id: "1".into(),
    })
    .note("n");
    writes(&Event::from(event), r#"{"key": "k", "id": "1", "note": "n"}"#);
    assert!(matches!(reads(r#"{"id": "1", "x": 3}"#), Event::Click(click) if click.x == 3 && click.id == "1"));
    assert!(matches!(reads(r#"{"id": "1", "turns": 3}"#), Event::Wheel(wheel) if wheel.turns == 3));
    assert_eq!(violations_of::<Event>(r#"{"id": "1", "key": "k", "x": 3}"#), [" oneOf"]);

    // Several subschemas of `anyOf` may hold at once: nothing of them is lost.
    let both = r#"{"id": "1", "x": 3, "key": "k"}"#;
    assert!(matches!(reads(both), Beside::Click(click) if click.unknown_fields["key"].as_str() == Some("k")));
    assert!(violations_of::<Beside>(both).is_empty());

    assert_eq!(reads::<Narrowed>(r#"{"a": "1"}"#).a.as_deref(), Some("1"));
    assert_eq!(violations_of::<Narrowed>(r#"{"a": "1", "b": "2"}"#), [" oneOf"]);

    let text = r#"{"id": "1", "x": 3, "left": "l"}"#;
    assert!(matches!(reads(text), Both::Click(click) if click.unknown_fields["left"].as_str() == Some("l")));

    // What no subschema takes says why.
    let Event::Unknown(unknown) = reads(r#"{"id": "1", "turns": "many"}"#) else {
        panic!("a variant took it");
    };
    let reasons = unknown.reasons();
    assert_eq!(reasons.len(), 3);
    assert!(
        reasons[2]
            .iter()
            .any(|violation| violation.pointer == "/turns" && violation.keyword == "type")
    );
    assert!(unknown.reason().contains("/turns"), "{}", unknown.reason());
}

#[test]
fn tuples() {
    use apicrate_runtime::{Json, from_str};
    use case_tuples::schemas::{Flagged, Open, Pair, Place, PlaceRequired, Reader};

    let place = Place::new(PlaceRequired { lat: 50.9, lon: 6.9 }).name("Köln");
    writes(&place, r#"[50.9, 6.9, "Köln"]"#);
    let read: Place = reads("[1, 2]");
    assert_eq!((read.lat.to_bits(), read.name), (1f64.to_bits(), None));
    let error = from_str::<Place>("[1]").unwrap_err().to_string();
    assert!(error.contains("at least 2 elements"), "{error}");
    // An element more, from a newer server, is kept.
    assert_eq!(reads::<Place>(r#"[1, 2, "n", 4]"#).rest, [Json::from(4)]);
    assert_eq!(violations_of::<Place>(r#"[1, 2, "n", 4]"#), ["/3 items"]);

    assert_eq!(reads::<Flagged>("[]"), Flagged::default());
    let flagged: Flagged = reads(r#"[true, "a", "b"]"#);
    assert_eq!(
        (flagged.first, flagged.rest),
        (Some(true), vec!["a".to_owned(), "b".to_owned()])
    );
    let mut flagged = Flagged::new();
    flagged.rest.push("a".to_owned());
    writes(&flagged, r#"[null, "a"]"#);
    assert_eq!(violations(&flagged), ["/0 type"]);

    let open: Open = reads(r#"["a", {"a": ["b"]}, 3]"#);
    assert_eq!(open.second.unwrap().a.unwrap().first, "b");
    assert_eq!(*reads::<Pair>("[1, 2]"), [1, 2]);
    assert_eq!(reads::<Reader>(r#"["r", 1, null]"#).more, Some(1));
}

#[test]
fn all_of_that_excludes() {
    use case_all_of_that_excludes::schemas::{Clash, Derived, DerivedStatus};

    // Parts that narrow one another give the narrower type, whichever comes last.
    let derived: Derived = reads(r#"{"status": "open", "size": 2, "owner": {"name": "Ada", "age": 7}, "late": true}"#);
    assert_eq!(
        (derived.status.clone(), derived.size),
        (Some(DerivedStatus::Open), Some(2))
    );
    let owner = derived.owner.as_ref().unwrap();
    assert_eq!((owner.name.as_deref(), owner.age), (Some("Ada"), Some(7)));
    assert_eq!(violations(&derived), [""; 0]);
    assert_eq!(
        violations_of::<Derived>(r#"{"status": "late", "size": 0}"#),
        ["/status enum", "/size minimum"]
    );

    // Of parts that exclude each other none wins: any value is read, and each part says what is wrong with it.
    let text =
        r#"{"documents": ["a"], "code": 1, "colour": "red", "day": "2026-01-01", "list": [], "deep": {"name": "n"}}"#;
    let clash: Clash = reads(text);
    assert_eq!(clash.code.as_ref().map(ToString::to_string).as_deref(), Some("1"));
    assert_eq!(clash.deep.as_ref().unwrap().name.as_deref(), Some("n"));
    let of_both = ["/code type", "/documents type", "/colour enum", "/day format"];
    assert_eq!(violations(&clash), of_both);
    let other =
        r#"{"documents": {}, "code": "c", "colour": "blue", "day": "2026-01-01T00:00:00Z", "deep": {"id": true}}"#;
    let of_other = [
        "/documents type",
        "/colour enum",
        "/day format",
        "/deep/id type",
        "/code type",
    ];
    assert_eq!(violations_of::<Clash>(other), of_other);
}
