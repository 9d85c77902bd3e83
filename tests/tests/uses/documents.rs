//! Documents: how they are written, and what is said in them.

use apicrate_runtime::StringEnum as _;

use crate::{base, body, header, line, reads, violations, violations_of, writes};

#[test]
fn one_operation() {
    use case_one_operation::operations::pets::{self, GetPet};
    use case_one_operation::runtime::Call as _;
    use case_one_operation::schemas::Pet;

    let request = pets::get_pet("a/b c").into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/pets/a%2Fb%20c");
    assert_eq!((body(&request), header(&request, "accept")), ("", "application/json"));
    assert!(pets::get_pet("..").into_http(&base()).is_err());
    let pet = GetPet::decode(crate::response(200, r#"{"name": "Rex", "age": 3}"#)).unwrap();
    assert_eq!(
        (pet.name.as_str(), pet.unknown_fields["age"].as_i64()),
        ("Rex", Some(3))
    );
    writes(&pet.into_inner(), r#"{"name": "Rex", "age": 3}"#);
    assert_eq!(Pet::new("Rex"), reads(r#"{"name": "Rex"}"#));
    // Through serde, a value is what it is on the wire.
    let through: Pet = serde_json::from_str(r#"{"name": "Rex", "age": 3}"#).unwrap();
    assert_eq!(serde_json::to_string(&through).unwrap(), r#"{"name":"Rex","age":3}"#);
}

#[test]
fn json_document() {
    use case_json_document::operations::pets::{self, AddPet};
    use case_json_document::runtime::Call as _;
    use case_json_document::schemas::Pet;

    let request = pets::add_pet(Pet::new("Rexé").chip(7u64)).into_http(&base()).unwrap();
    assert_eq!(
        (line(&request).as_str(), body(&request)),
        ("POST http://localhost/pets", r#"{"name":"Rexé","chip":7}"#)
    );
    AddPet::decode(crate::response(201, "")).unwrap();
    assert!(AddPet::decode(crate::response(200, "")).is_err());
}

#[test]
fn yaml_anchors_and_merge_keys() {
    use case_yaml_anchors_and_merge_keys::operations::pets;
    use case_yaml_anchors_and_merge_keys::runtime::Call as _;
    use case_yaml_anchors_and_merge_keys::schemas::{Cat, Dog};

    // What stands at an anchor stands at each of its aliases.
    assert_eq!(
        line(&pets::list_cats().limit(2).into_http(&base()).unwrap()),
        "GET http://localhost/cats?limit=2"
    );
    assert_eq!(
        line(&pets::list_dogs().limit(2).into_http(&base()).unwrap()),
        "GET http://localhost/dogs?limit=2"
    );
    assert!(pets::list_dogs().limit(0).into_http(&base()).is_err());
    // What is merged is overridden by what stands beside it.
    let mut dog = Dog::new("Rex");
    dog.trick = Some("roll".to_owned());
    writes(&dog, r#"{"name": "Rex", "trick": "roll"}"#);
    assert_eq!(violations(&Cat::new("x".repeat(41))), ["/name maxLength"]);
}

#[test]
fn overlay_mends() {
    use case_overlay_mends::operations::pets::{self, GetPet};
    use case_overlay_mends::runtime::Call as _;

    let request = pets::get_pet(7).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/pets/7");
    let pet = GetPet::decode(crate::response(200, r#"{"name": "Rex", "age": 3}"#)).unwrap();
    assert_eq!((pet.name.as_str(), pet.age), ("Rex", Some(3)));
    assert!(GetPet::decode(crate::response(200, r#"{"age": 3}"#)).is_err());
}

#[test]
#[expect(deprecated, reason = "the document deprecates what is used here")]
fn deprecated_and_descriptions() {
    use case_deprecated_and_descriptions::operations::prose;
    use case_deprecated_and_descriptions::runtime::Call as _;
    use case_deprecated_and_descriptions::schemas::{Old, OldKind};

    assert_eq!(
        line(&prose::get_old().q("*/").into_http(&base()).unwrap()),
        "GET http://localhost/old?q=%2A%2F"
    );
    let wires: Vec<&str> = OldKind::LISTED.iter().map(OldKind::as_str).collect();
    assert_eq!(wires, ["*/", "`tick`", "a\"b", "line\nbreak"]);
    let old: Old = reads(r#"{"was": "\\", "kind": "line\nbreak"}"#);
    assert_eq!((old.was.as_deref(), old.kind), (Some("\\"), Some(OldKind::LineBreak)));
}

#[test]
#[expect(deprecated, reason = "the document deprecates what is used here")]
fn deprecations() {
    use case_deprecations::operations::things;
    use case_deprecations::runtime::Call as _;
    use case_deprecations::schemas::{Colour, OldKind, Thing, ThingRequired};

    let request = things::list_things().page_size(2).kind(OldKind::B);
    let request = request.into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/things?pageSize=2&kind=b");
    let required = ThingRequired {
        id: "i".into(),
        serial: "s".into(),
    };
    let thing = Thing::new(required).old_name("o").colour(Colour::Crimson);
    writes(
        &thing,
        r#"{"id": "i", "serial": "s", "oldName": "o", "colour": "crimson"}"#,
    );
}

#[test]
fn names_obstacle_course() {
    use case_names_obstacle_course::ids::{Body, SelfSchema, SendSchema, Type};
    use case_names_obstacle_course::operations::course::{self, EverythingCourse as Request};
    use case_names_obstacle_course::runtime::Call as _;
    use case_names_obstacle_course::schemas::{Everything, Values};

    // The names on the wire are those of the document, whatever they became in Rust.
    let everything = Everything::new()
        .self_(1)
        .type_(2)
        .async_(3)
        .new_(4)
        .clone_(5)
        .empty(6)
        .space(7)
        .minus_1(8);
    let everything = everything.other("own").and("$").option(9).vec(10).underscore(11);
    writes(
        &everything,
        r#"{"self": 1, "type": 2, "async": 3, "new": 4, "Clone": 5, "": 6, " ": 7, "-1": 8, "other": "own", "$and": "$",
            "Option": 9, "Vec": 10, "_": 11}"#,
    );
    let id = |text: &str| text.to_owned();
    let (own, of) = (SelfSchema::try_from(id("a")).unwrap(), Type::try_from(id("b")).unwrap());
    let request = course::everything(
        own,
        of,
        "c".parse::<Body>().unwrap(),
        "d".parse::<SendSchema>().unwrap(),
        everything,
    );
    let request = request
        .crate_(1)
        .query_self(2)
        .query_body(3)
        .value(4)
        .n1st(5)
        .into_http(&base())
        .unwrap();
    assert_eq!(
        line(&request),
        "PUT http://localhost/a/b/c/d?crate=1&self=2&value=4&body=3&1st=5"
    );
    assert_eq!(
        *Request::decode(crate::response(200, "\"Option\"")).unwrap(),
        Values::Option
    );
}

#[test]
fn names_that_rust_or_the_emitted_code_uses() {
    use case_names_obstacle_course::operations::{course, course_2, crate_, mod_, runtime, self_};
    use case_names_obstacle_course::runtime::Call as _;
    use case_names_obstacle_course::schemas::{
        Branches, Error, Map, Needed, NeededRequired, OptionSchema, Reader, Values, VecSchema,
    };

    let mut needed = Needed::new(NeededRequired {
        writer: "w".into(),
        begin: "b".into(),
        next: "n".into(),
        member: "m".into(),
        other: "o".into(),
        entries: "e".into(),
        value: "v".into(),
    });
    (needed.self_, needed.ref_) = (Some("s".to_owned()), Some("r".to_owned()));
    needed.additional_properties_2.insert("more", 1);
    let text = r#"{"writer": "w", "begin": "b", "next": "n", "member": "m", "other": "o", "entries": "e", "value": "v",
        "self": "s", "$ref": "r", "more": 1}"#;
    writes(&needed, text);
    assert_eq!(reads::<Needed>(text), needed);
    assert_eq!(
        violations_of::<Needed>(
            r#"{"writer": "w", "begin": "b", "next": "n", "member": "m", "other": "o", "entries": "e",
        "value": "v", "extra": "not an integer"}"#
        ),
        ["/extra type"]
    );

    for value in Values::LISTED {
        assert_eq!(&value.as_str().parse::<Values>().unwrap(), value);
    }
    assert!(matches!(reads(r#"["a"]"#), Branches::Unknown(texts) if texts == ["a"]));
    assert!(matches!(reads(r#"{"writer": "w"}"#), Branches::Type(branch) if branch.writer == "w"));
    assert!(matches!(reads("1"), Branches::Unknown2(_)));
    for violations in [
        violations(&Error::new(0)),
        violations(&OptionSchema::new(0)),
        violations(&VecSchema::new(0)),
    ] {
        assert_eq!(violations, ["/value minimum"]);
    }
    assert_eq!((Map::new(1).value, Reader::new(1).value), (1, 1));

    let lines = [
        line(&course::self_().into_http(&base()).unwrap()),
        line(&course::result().into_http(&base()).unwrap()),
        line(&self_::get_t0().into_http(&base()).unwrap()),
        line(&mod_::get_t1().into_http(&base()).unwrap()),
        line(&crate_::get_t2().into_http(&base()).unwrap()),
        line(&runtime::get_t4().into_http(&base()).unwrap()),
        line(&course_2::get_t7().into_http(&base()).unwrap()),
    ];
    let paths = ["/o0", "/o8", "/t0", "/t1", "/t2", "/t4", "/t7"].map(|path| format!("GET http://localhost{path}"));
    assert_eq!(lines, paths);
}

/// What one namespace of Rust holds for two things, what is not ASCII, and what
/// hides something that emitted code needs.
#[test]
fn names_that_collide_with_emitted_code() {
    use case_names_obstacle_course::schemas::{
        AB3, Dz, Grosse, MingQian, Readers, ReadersRequired, Schemas, UnionOfBranches, Y, YSchema,
    };

    let reader = Readers::new(ReadersRequired {
        reader: "r".into(),
        reader_2: "R".into(),
        writer: Some("w".into()),
        begin: "b".into(),
        foo: "f".into(),
        baz: "z".into(),
        quux: "q".into(),
        client: "c".into(),
        self_: "s".into(),
    });
    let text = r#"{"reader": "r", "Reader": "R", "writer": "w", "begin": "b", "foo": "f", "baz": "z", "quux": "q",
        "client": "c", "self": "s"}"#;
    writes(&reader, text);
    assert_eq!(reads::<Readers>(text), reader);

    // A type in capitals, and the static with its schema.
    assert_eq!(violations(&Y::from(Vec::new())), [" minItems"]);
    assert_eq!(violations(&AB3::from(vec![String::new(); 4])), [" maxItems"]);
    assert!(violations(&YSchema::from(Vec::new())).is_empty());

    // Names are spelled in ASCII; the wire keeps what the document says.
    let named = r#"{"名": "n", "größe": 1, "ªᴬ": "a"}"#;
    let read: MingQian = reads(named);
    assert_eq!(
        (read.ming.as_deref(), read.grosse, read.a_a.as_deref()),
        (Some("n"), Some(1), Some("a"))
    );
    writes(&read, named);
    assert!("ä".parse::<Grosse>().is_err());
    let wires = ["err", "Err", "self", "Self", "名前", "größe"];
    assert_eq!(
        Dz::LISTED,
        [
            Dz::Err,
            Dz::Err2,
            Dz::SelfValue,
            Dz::SelfValue2,
            Dz::MingQian,
            Dz::Grosse
        ]
    );
    assert!(wires.iter().all(|wire| wire.parse::<Dz>().unwrap().as_str() == *wire));
    assert_eq!(reads::<Schemas>(r#"{"schemas": "s"}"#).schemas.as_deref(), Some("s"));
    assert!(matches!(reads(r#"{"b": ""}"#), UnionOfBranches::MoreBranches(_)));
}

#[test]
fn modules_and_functions_that_collide_with_emitted_code() {
    use case_names_obstacle_course::ids::{self, P};
    use case_names_obstacle_course::operations::{client, course, ming_qian, operations_, schemas as tagged, x};
    use case_names_obstacle_course::runtime::Call as _;

    let p: P = "aa".parse().unwrap();
    let lines = [
        line(&course::client(p.clone()).into_http(&base()).unwrap()),
        line(&course::vec(p.clone()).into_http(&base()).unwrap()),
        line(&course::run(p.clone()).into_http(&base()).unwrap()),
        line(
            &client::get_u4_by_y("a".parse::<ids::Y>().unwrap())
                .into_http(&base())
                .unwrap(),
        ),
        line(
            &ming_qian::get_u1_by_x("a".parse::<ids::X>().unwrap())
                .into_http(&base())
                .unwrap(),
        ),
        line(
            &operations_::get_u2_by_y("a".parse::<ids::Y>().unwrap())
                .into_http(&base())
                .unwrap(),
        ),
        line(
            &tagged::get_u3_by_x("a".parse::<ids::X>().unwrap())
                .into_http(&base())
                .unwrap(),
        ),
        line(
            &x::get_u8_by_y("a".parse::<ids::Y>().unwrap())
                .into_http(&base())
                .unwrap(),
        ),
    ];
    let paths = [
        "/p0/aa", "/p7/aa", "/p6/aa", "/u4/a", "/u1/a", "/u2/a", "/u3/a", "/u8/a",
    ];
    assert_eq!(lines, paths.map(|path| format!("GET http://localhost{path}")));
}
