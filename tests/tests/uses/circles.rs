//! Schemas that lead back to themselves, and unions whose subschemas a discriminator chooses.

use crate::{base, body, reads, violations, violations_of};

#[test]
fn recursion_through_all_of() {
    use case_recursion_through_all_of::operations::concepts;
    use case_recursion_through_all_of::runtime::Call as _;
    use case_recursion_through_all_of::schemas::{Concept, Itself, Left, Right, Scheme, SchemeValue, Term};

    const TEXT: &str = r#"{"label": "a", "broader": [{"@id": "b", "broader": [{"@id": "c", "label": "d"}]}]}"#;
    let concept: Concept = reads(TEXT);
    let inner = &concept.broader.as_ref().unwrap()[0].broader.as_ref().unwrap()[0];
    assert_eq!((inner.id.as_deref(), inner.label.as_deref()), (Some("c"), Some("d")));
    assert_eq!(violations(&concept), [""; 0]);
    let request = concepts::add_concept(concept).into_http(&base()).unwrap();
    assert_eq!(body(&request), TEXT.replace(": ", ":").replace(", ", ","));
    let long = r#"{"broader": [{"broader": [{"label": "far too long"}]}]}"#;
    assert_eq!(violations_of::<Concept>(long), ["/broader/0/broader/0/label maxLength"]);

    let text = r#"{"terms": {"t": {"weight": 1.5, "scheme": {"version": 1, "terms": {"u": {"scheme": "s"}}}}}}"#;
    let scheme: Scheme = reads(text);
    let Some(SchemeValue::Version(inner)) = &scheme.terms.as_ref().unwrap().get("t").unwrap().scheme else {
        panic!("{scheme:?}")
    };
    let last = inner.terms.as_ref().unwrap().get("u").unwrap();
    assert!(matches!(&last.scheme, Some(SchemeValue::String(text)) if text == "s"));
    assert_eq!(violations(&scheme), [""; 0]);
    assert_eq!(violations_of::<Term>(r#"{"scheme": {"terms": {}}}"#), ["/scheme oneOf"]);

    // Each has all of the other.
    let left: Left = reads(r#"{"left": "a", "right": 1}"#);
    assert_eq!((left.left.as_str(), left.right), ("a", Some(1)));
    assert_eq!(violations(&left), [""; 0]);
    assert_eq!(violations(&reads::<Right>(r#"{"left": "a"}"#)), [""; 0]);
    assert_eq!(violations_of::<Itself>(r#"{"size": 1}"#), [""; 0]);
    assert_eq!(violations_of::<Itself>(r#"{"size": 0}"#), ["/size minimum"]);
}

#[test]
fn recursion_through_one_subschema() {
    use case_recursion_through_one_subschema::schemas::Range;

    let range: Range =
        reads(r#"{"within": {"limit": 1, "name": "a", "within": {"limit": 2, "within": {"name": "b"}}}}"#);
    let inner = range.within.as_ref().unwrap().within.as_ref().unwrap();
    assert_eq!(inner.limit, Some(2));
    assert_eq!(inner.within.as_ref().unwrap().name.as_deref(), Some("b"));
    assert_eq!(violations(&range), [""; 0]);
    let long = r#"{"within": {"within": {"name": "far too long"}}}"#;
    assert_eq!(violations_of::<Range>(long), ["/within oneOf"]);
}

#[test]
fn parents_that_list_children() {
    use case_parents_that_list_children::operations::animals;
    use case_parents_that_list_children::runtime::Call as _;
    use case_parents_that_list_children::schemas::{Animal, Car, Cat, Fish, Vehicle, VehicleCar};

    let cat: Animal = reads(r#"{"kind": "CAT", "genus": "felis", "lives": 9}"#);
    assert!(matches!(&cat, Animal::Cat(cat) if cat.lives == Some(9)));
    assert_eq!(violations(&cat), [""; 0]);
    let request = animals::add_animal(cat).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"kind":"CAT","genus":"felis","lives":9}"#);
    let cat: Cat = reads(r#"{"kind": "CAT", "lives": 9}"#);
    assert!(animals::add_cat(cat).into_http(&base()).is_ok());

    // What the parent asks for is asked of each child, and of what lies in it.
    let dog = r#"{"kind": "DOG", "bark": true, "friend": {"kind": "CAT", "genus": "far too long"}}"#;
    assert_eq!(violations_of::<Animal>(dog), ["/friend/genus maxLength"]);
    assert_eq!(
        violations_of::<Animal>(r#"{"kind": "CAT", "lives": "nine"}"#),
        ["/lives type"]
    );
    assert_eq!(violations_of::<Animal>(r#"{"kind": "FISH", "lives": 1}"#), [""; 0]);
    assert_eq!(violations_of::<Fish>(r#"{"kind": "FISH"}"#), [""; 0]);
    // That it is a cat it says itself.
    assert_eq!(violations_of::<Cat>(r#"{"kind": "DOG", "bark": 1}"#), ["/bark type"]);

    let truck: Vehicle = reads(r#"{"name": "t", "wheels": 6, "load": 2}"#);
    assert!(matches!(&truck, Vehicle::Car(VehicleCar::Truck(truck)) if truck.load == 2));
    assert_eq!(violations(&truck), [""; 0]);
    assert_eq!(violations_of::<Car>(r#"{"wheels": 4, "seats": 5}"#), [""; 0]);
    // It is no kind of car, and so no vehicle either.
    assert_eq!(violations_of::<Car>(r#"{"wheels": 4}"#), [" oneOf", " anyOf"]);
    assert_eq!(violations_of::<Vehicle>(r#"{"sails": 2}"#), [""; 0]);
    assert_eq!(
        violations_of::<Vehicle>(r#"{"sails": 2, "wheels": 4, "seats": 5}"#),
        [" oneOf"]
    );
}

#[test]
fn discriminators_that_choose() {
    use case_discriminators_that_choose::operations::pets;
    use case_discriminators_that_choose::runtime::Call as _;
    use case_discriminators_that_choose::schemas::{Cat, Mixed, Named, Pet, Shape, Task, Thing};

    let cat: Pet = reads(r#"{"petType": "cat", "name": "Tom"}"#);
    assert!(matches!(&cat, Pet::Cat(cat) if cat.name.as_deref() == Some("Tom")));
    assert_eq!(violations(&cat), [""; 0]);
    let request = pets::add_pet(cat).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"petType":"cat","name":"Tom"}"#);
    // Only the chosen subschema is asked.
    assert_eq!(
        violations_of::<Pet>(r#"{"petType": "cat", "name": "Thomas"}"#),
        ["/name maxLength"]
    );
    assert_eq!(violations_of::<Pet>(r#"{"petType": "dog", "name": "Thomas"}"#), [""; 0]);
    assert_eq!(violations_of::<Pet>(r#"{"petType": "Dog"}"#), [""; 0]);
    // A value that chooses nothing is read, and is against the document.
    for (text, place) in [
        (r#"{"petType": "cow"}"#, "/petType"),
        (r#"{"petType": 1}"#, "/petType"),
        (r#"{"name": "Tom"}"#, ""),
    ] {
        let unknown: Pet = reads(text);
        assert!(matches!(unknown, Pet::Unknown(_)), "{text}");
        assert_eq!(violations(&unknown), [format!("{place} discriminator")], "{text}");
    }
    // What the server said may go back to it; what the caller says has to choose a subschema.
    let refused = pets::add_pet(Cat::new("cow"))
        .into_http(&base())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("petType") && refused.contains("\"cat\""), "{refused}");
    assert_eq!(
        violations_of::<Named>(r#"{"petType": "Cat", "name": "Thomas"}"#),
        ["/name maxLength"]
    );
    assert_eq!(
        violations_of::<Named>(r#"{"petType": "cat"}"#),
        ["/petType discriminator"]
    );

    assert!(matches!(reads(r#"{"form": "ring", "radius": 0.5}"#), Shape::Round(_)));
    assert!(matches!(reads(r#"{"form": "box", "radius": 0.5}"#), Shape::Angular(_)));
    assert_eq!(
        violations_of::<Shape>(r#"{"form": "box", "radius": 0.5}"#),
        ["/radius minimum"]
    );

    assert!(matches!(reads(r#"{"petType": "dog"}"#), Thing::Pet(Pet::Dog(_))));
    assert!(matches!(reads(r#"{"petType": "Plant", "leaves": 3}"#), Thing::Plant(_)));
    assert_eq!(
        violations_of::<Thing>(r#"{"petType": "cat", "name": "Thomas"}"#),
        ["/name maxLength"]
    );

    assert!(matches!(reads(r#"{"petType": "Cat"}"#), Mixed::Cat(_)));
    assert!(matches!(reads("\"text\""), Mixed::String(_)));
    assert_eq!(violations_of::<Mixed>("\"text\""), [""; 0]);
    assert_eq!(violations_of::<Mixed>(r#"{"count": 3}"#), [""; 0]);
    assert_eq!(
        violations_of::<Mixed>(r#"{"petType": "other"}"#),
        ["/petType discriminator"]
    );

    assert!(matches!(reads(r#"{"task": "copy", "to": "b"}"#), Task::CopySchema(_)));
    assert_eq!(violations_of::<Task>(r#"{"task": "move", "to": 1}"#), ["/to type"]);
}
