//! Schemas made of schemas: `allOf`, unions and what tells their subschemas apart, `not`, recursion, and what
//! 3.1 alone can say.

use apicrate_runtime::{Json, Maybe, Scalar, from_str};

use crate::{reads, violations, violations_of, writes};

#[test]
fn all_of_forms() {
    use case_all_of_forms::schemas::{
        Aged, Beside, Count, Deep, DeepRequired, Demanding, DemandingRequired, LowLevel, Mapped, Short, Text, Two,
        Uses, UsesInline, Words,
    };

    assert_eq!(violations(&Two::new("n").age(-1)), ["/name minLength", "/age minimum"]);
    let beside: Beside = reads(r#"{"age": 3, "note": "n"}"#);
    assert_eq!((beside.age, beside.note.as_deref()), (3, Some("n")));
    let deep = Deep::new(DeepRequired {
        name: "nn".into(),
        deep: true,
    });
    writes(&deep, r#"{"name": "nn", "deep": true}"#);
    assert!(from_str::<Deep>(r#"{"name": "nn"}"#).is_err());
    let demanding = Demanding::new(DemandingRequired {
        age: 3,
        name: "nn".into(),
    });
    writes(&demanding, r#"{"age": 3, "name": "nn"}"#);
    assert_eq!(violations(&Aged::default()), [""; 0]);
    let mapped = Mapped::new("n").entry("more", "m".to_owned());
    writes(&mapped, r#"{"name": "n", "more": "m"}"#);
    assert_eq!(violations_of::<Mapped>(r#"{"name": "n", "more": 1}"#), ["/more type"]);

    let short = |text: &str| violations(&Short(Text::from(text)));
    assert_eq!(
        (short("a").concat(), short("abcde").concat()),
        (" minLength".into(), " maxLength".into())
    );
    assert_eq!(
        (violations(&Count(0)), violations(&Count(9)).len()),
        (vec![" minimum".to_owned()], 0)
    );
    assert_eq!(violations(&Words(vec![])), [" minItems"]);
    assert_eq!(
        (
            violations_of::<LowLevel>("\"middle\""),
            violations_of::<LowLevel>("\"high\"").len()
        ),
        (vec![], 1)
    );

    let uses = Uses::new(Text::from("abc"))
        .inline(UsesInline::new("n").extra(1))
        .described(Two::new("nn"))
        .low(LowLevel::Low);
    writes(
        &uses,
        r#"{"short": "abc", "inline": {"name": "n", "extra": 1}, "described": {"name": "nn"}, "low": "low"}"#,
    );
    assert_eq!(violations(&uses), [""; 0]);
}

#[test]
fn one_of_discriminators() {
    use case_one_of_discriminators::schemas::{AnyOf, BirdKind, Cat, Holder, HolderInline, Implicit, Mapped};
    use case_one_of_discriminators::schemas::{PartlyMapped, Traffic, Vehicle};

    // A union of children has the discriminator of their parent, with its mapping.
    assert!(matches!(reads(r#"{"wheels": "two", "gears": 3}"#), Traffic::Bicycle(bicycle) if bicycle.gears == 3));
    assert!(matches!(reads(r#"{"wheels": "Car", "seats": 4}"#), Traffic::Car(car) if car.wheels == "Car"));
    assert_eq!(
        reads::<Vehicle>(r#"{"wheels": "two", "gears": 3}"#).unknown_fields["gears"],
        3.into()
    );

    assert!(matches!(reads(r#"{"kind": "Cat"}"#), Implicit::Cat(_)));
    assert!(matches!(reads(r#"{"kind": "Dog", "lives": 9}"#), Implicit::Dog(_)));
    assert!(matches!(reads(r#"{"kind": "Cow"}"#), Implicit::Unknown(_)));
    for (kind, is_dog) in [("feline", false), ("canine", true), ("wolf", true)] {
        let read: Mapped = reads(&format!(r#"{{"kind": "{kind}"}}"#));
        assert_eq!(matches!(read, Mapped::Dog(_)), is_dog, "{kind}");
    }
    assert!(matches!(reads(r#"{"kind": "feline"}"#), PartlyMapped::Cat(_)));
    assert!(matches!(reads(r#"{"kind": "Dog"}"#), PartlyMapped::Dog(_)));
    assert!(matches!(reads(r#"{"kind": "parrot", "wings": 2}"#), AnyOf::Bird(bird) if bird.kind == BirdKind::Parrot));

    let holder = Holder::new(Cat::new("feline"));
    writes(&holder, r#"{"pet": {"kind": "feline"}}"#);
    let read: Holder = reads(r#"{"pet": {"kind": "wolf"}, "pets": [{"kind": "Dog"}], "inline": {"kind": "bird"}}"#);
    assert!(matches!(read.inline, Some(HolderInline::Bird(_))));
    assert!(matches!(read.pets.as_deref(), Some([Implicit::Dog(_)])));
}

#[test]
fn unions_without_discriminator() {
    use case_unions_without_discriminator::schemas::{
        Ambiguous, ByElements, ByMemberType, ByOptional, ByRange, ByRequired, ByStrings, ByType, ByValue,
    };

    assert!(matches!(reads("7"), ByType::Scalar(Scalar::Number(_))));
    assert!(matches!(reads("[]"), ByType::Array(_)));
    assert!(matches!(reads(r#"{"radius": 1}"#), ByType::Circle(_)));
    assert!(matches!(reads(r#"{"radius": 1, "name": "n"}"#), ByRequired::Circle(_)));
    assert!(matches!(reads(r#"{"name": "n", "side": 1}"#), ByRequired::Square(_)));
    assert!(matches!(reads(r#"{"name": "n"}"#), ByRequired::Unknown(_)));
    assert!(matches!(reads(r#"{"left": "l"}"#), ByOptional::Left(_)));
    assert!(matches!(reads(r#"{"right": "r"}"#), ByOptional::Right(_)));
    assert!(matches!(reads(r#"{"op": "not", "a": true}"#), ByValue::Not(_)));
    assert!(matches!(reads(r#"{"a": true, "op": "or"}"#), ByValue::Object(value) if value.a));
    assert!(matches!(reads(r#"{"value": "1"}"#), ByMemberType::Text(_)));
    assert!(matches!(reads(r#"{"value": 1}"#), ByMemberType::Whole(_)));
    assert!(matches!(reads(r#"["a"]"#), ByElements::Words(_)));
    assert!(matches!(reads("[0.5]"), ByElements::Numbers(_)));
    // Subschemas of one scalar type are that type; the constraints distinguish them.
    assert_eq!(
        (violations_of::<ByRange>("10"), violations_of::<ByRange>("9")),
        (vec![], vec![])
    );
    assert_eq!(
        (
            violations_of::<ByStrings>("\"ABC\""),
            violations_of::<ByStrings>("\"low\"")
        ),
        (vec![], vec![])
    );
    assert_eq!(violations(&ByStrings::from("abc")), [" oneOf"]);
    // Where nothing tells them apart the first one has the value, and `oneOf` is broken.
    let text = r#"{"name": "n", "more": 1}"#;
    assert!(matches!(reads(text), Ambiguous::First(first) if first.unknown_fields["more"] == 1.into()));
    assert_eq!(violations_of::<Ambiguous>(text), [" oneOf"]);
}

#[test]
fn unions_without_discriminator_of_several() {
    use case_unions_without_discriminator::schemas::{ByType, Circle, Nullable, Several, Single, Uses};

    let text = r#"{"radius": 1, "side": 2, "more": 3}"#;
    assert!(
        matches!(reads(text), Several::Circle(circle) if circle.unknown_fields["side"] == 2.into() && circle.unknown_fields["more"] == 3.into())
    );
    assert_eq!(violations_of::<Several>(text), [""; 0]);
    let uses = Uses::new(ByType::from(Circle::new(1.0)))
        .nullable(Maybe::Null)
        .single(Circle::new(2.0));
    writes(
        &uses,
        r#"{"any": {"radius": 1}, "nullable": null, "single": {"radius": 2}}"#,
    );
    assert_eq!(violations(&uses), [""; 0]);
    let read: Uses = reads(r#"{"any": null, "nullable": "text", "by_name": {"a": {"op": "not"}}}"#);
    assert!(matches!(read.nullable.value(), Some(Nullable::String(text)) if text == "text"));
    assert_eq!(violations(&read), ["/any oneOf", "/by_name/a oneOf"]);
    assert_eq!(violations(&Single(Circle::new(1.0))), [""; 0]);
}

#[test]
fn not_and_more() {
    use case_not_and_more::schemas::{NotANumber, NotAnObject, NotBoth, NotEmpty, Uses};

    assert_eq!(violations(&NotEmpty::from("")), [" not"]);
    assert_eq!(violations(&NotEmpty::from(" ")), [""; 0]);
    assert_eq!(
        (
            violations_of::<NotANumber>("1.5"),
            violations_of::<NotANumber>("\"1\"").len()
        ),
        (vec![" not".to_owned()], 0)
    );
    assert_eq!(violations(&NotBoth::new().a("a")), [""; 0]);
    assert_eq!(violations(&NotBoth::new().a("a").b("b")), [" not"]);
    assert_eq!(violations_of::<NotAnObject>(r#"{"secret": null}"#), [" not"]);
    assert_eq!(
        (
            violations_of::<NotAnObject>("{}"),
            violations_of::<NotAnObject>("\"secret\"")
        ),
        (vec![], vec![])
    );
    assert_eq!(
        violations_of::<Uses>(r#"{"text": "", "open": [1], "list": [1, 3], "one": false}"#),
        ["/text not", "/list/1 not", "/one not"]
    );
}

#[test]
fn recursion_through_arrays() {
    use case_recursion_through_arrays::schemas::{Entry, Extended, House, Menu, Person, Rules, Tree, Value};

    let tree = Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])]);
    writes(&tree, "[[], [[]]]");
    assert_eq!(reads::<Tree>("[[], [[]]]"), tree);
    let menu = Menu::new("File").entries(vec![Menu::new("Open")]).parent(Maybe::Null);
    writes(
        &menu,
        r#"{"title": "File", "entries": [{"title": "Open"}], "parent": null}"#,
    );
    let person = Person::new(House::new().guests(vec![Person::new(House::new())]));
    writes(&person, r#"{"home": {"guests": [{"home": {}}]}}"#);
    let value = Value::from(Entry::new(vec![Value::from("a".to_owned())]));
    writes(&value, r#"{"value": ["a"]}"#);
    assert_eq!(violations_of::<Value>(r#"{"value": [{"value": 1}]}"#), [" oneOf"]);
    let extended: Extended = reads(r#"{"value": "a", "next": {"value": [], "next": {"value": "b"}}}"#);
    let next = extended.next.unwrap().next.unwrap();
    assert!(matches!(next.value, Value::String(text) if text == "b"));
    let rules: Rules = reads(r#"{"name": "a", "left": {"right": {}}}"#);
    assert!(rules.get("left").unwrap().get("right").is_some());
}

#[test]
fn constants_and_lists_of_types() {
    use case_only_in_3_1::schemas::{Constants, TypeLists, TypeListsListOrText, TypeListsObjectOrList};

    let constants = Constants::new();
    writes(&constants, r#"{"text": "text", "whole": 7, "flag": true}"#);
    assert_eq!(violations(&constants), [""; 0]);
    let rest = r#"{"text": "text", "whole": 7.0, "flag": true, "typed": "typed", "ratio": 1.5, "nothing": null,
        "list": [1, "a"], "object": {"a": 1}}"#;
    assert_eq!(violations_of::<Constants>(rest), [""; 0]);
    let wrong = r#"{"text": "", "whole": 8, "flag": false, "ratio": 1, "nothing": 0, "list": [1], "object": {}}"#;
    let found = violations_of::<Constants>(wrong);
    assert!(
        found.len() == 7 && found.iter().all(|found| found.ends_with(" const")),
        "{found:?}"
    );

    let lists = TypeLists::new("a").optional(Maybe::Null).text_or_whole(7);
    writes(&lists, r#"{"one": "a", "optional": null, "text_or_whole": 7}"#);
    let read: TypeLists = reads(
        r#"{"one": "a", "list_or_text": [1], "object_or_list": {"name": "n"}, "all": {"a": [1.50]}, "nothing": null}"#,
    );
    assert!(matches!(&read.list_or_text, Some(TypeListsListOrText::Array(list)) if *list == [1]));
    assert!(matches!(read.object_or_list.value(), Some(TypeListsObjectOrList::Object(object)) if object.name == "n"));
    assert_eq!(violations(&read), [""; 0]);
    assert_eq!(
        violations_of::<TypeLists>(r#"{"one": "a", "optional": 0, "numbers": 1.5, "nothing": 1}"#),
        ["/optional minimum", "/nothing type"]
    );
}

#[test]
fn boolean_schemas_and_names() {
    use case_only_in_3_1::schemas::{Beside, Booleans, ByName, Local, LocalPart, Names, Patterns, Text};

    let any =
        r#"{"any": [1], "any_items": [null, {}], "no_items": [], "any_members": {"a": 1}, "either": 1, "only": "a"}"#;
    assert_eq!(violations_of::<Booleans>(any), [""; 0]);
    let found = violations_of::<Booleans>(r#"{"none": 1, "no_items": [1], "not_true": 1}"#);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(reads::<Booleans>(r#"{"any": null}"#).any, Some(Json::Null));

    let names = Names::new(1).entry("ab", "c".to_owned()).entry("d", "e".to_owned());
    assert_eq!(violations(&names), ["/d propertyNames"]);
    assert_eq!(
        violations_of::<ByName>(r#"{"left": 1, "up": 2}"#),
        ["/up propertyNames"]
    );
    let patterns: Patterns = reads(r#"{"id": 1, "x_a": "", "y_a": "b"}"#);
    assert_eq!(patterns.get("x_a").map(String::as_str), Some(""));
    assert_eq!(violations(&patterns), ["/y_a minLength"]);

    let mut local = Local::default();
    local.here = Some(LocalPart::new(1));
    local.there = Some(vec![LocalPart::new(0)]);
    assert_eq!(violations(&local), ["/there/0/size exclusiveMinimum"]);
    let mut beside = Beside::default();
    (beside.narrowed, beside.described) = (Some(Text::from("long")), Some(Text::from("")));
    beside.nullable = Maybe::Null;
    assert_eq!(violations(&beside), ["/narrowed maxLength", "/described minLength"]);
}
