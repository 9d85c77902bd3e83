//! References: how they find what they mean, and what becomes of those that find nothing.

use apicrate_runtime::Maybe;

use crate::{base, line, reads, response, violations, violations_of, writes};

#[test]
fn schema_identifiers() {
    use case_schema_identifiers::operations::users::GetUser;
    use case_schema_identifiers::runtime::Call as _;
    use case_schema_identifiers::schemas::{Being, Pet, Team, User};

    // `#` below an `$id` is the schema that has it, and a relative reference is resolved against it.
    let user: User =
        reads(r#"{"boss": {"home": {"city": "Ulm"}}, "work": {"city": "Bonn"}, "pet": {"name": "Rex"}, "kennel": 5}"#);
    let boss = user.boss.as_ref().unwrap();
    assert_eq!(boss.home.as_ref().and_then(|home| home.city.as_deref()), Some("Ulm"));
    assert_eq!(user.pet.as_ref().and_then(|pet| pet.name.as_deref()), Some("Rex"));
    // The anchor `addr` is a string of three signs in one resource, a number up to 4 in the other.
    assert_eq!(violations(&user), ["/work/city maxLength", "/kennel maximum"]);
    let pet: Pet = reads(r#"{"kennel": {"places": 3, "whole": 9, "next": {"name": "Tom"}}}"#);
    let kennel = pet.kennel.as_ref().unwrap();
    assert_eq!(kennel.next.as_ref().and_then(|next| next.name.as_deref()), Some("Tom"));
    assert_eq!(violations(&pet), ["/kennel/whole maximum"]);
    // Without an `$id` above, an anchor is the document's.
    assert_eq!(violations_of::<Team>(r#"["ab", "c"]"#), ["/1 minLength"]);
    assert!(matches!(reads(r#"{"kind": "user", "boss": {}}"#), Being::User(_)));
    assert!(matches!(reads(r#"{"kind": "pet"}"#), Being::Pet(_)));
    let user = GetUser::decode(response(200, r#"{"home": {"city": "Ulm"}}"#)).unwrap();
    assert_eq!(user.home.as_ref().and_then(|home| home.city.as_deref()), Some("Ulm"));
}

#[test]
fn references_to_files() {
    use case_references_to_files::operations::owners::ListOwners;
    use case_references_to_files::operations::pets::{self, GetPet};
    use case_references_to_files::runtime::Call as _;
    use case_references_to_files::schemas::{Animal, Cat, CommonKind, KindsKind, Tag};

    let request = pets::list_pets().limit(3).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/pets?limit=3");
    // The component of the root document that is a reference to the file is the type of the file.
    let pet: Animal = reads(
        r#"{"name": "Tom", "parent": {"name": "Mia", "tag": "small"}, "kind": {"type": "cat", "lives": 9},
            "owner": {"name": "Ann", "kind": "shop", "pets": [{"name": "Rex"}]}}"#,
    );
    let parent = pet.parent.as_deref().unwrap();
    assert_eq!(parent.tag, Some(Tag::Small));
    assert!(matches!(&pet.kind, Some(KindsKind::Cat(Cat { lives: Some(9), .. }))));
    let owner = pet.owner.as_ref().unwrap();
    assert_eq!(
        (owner.kind.as_ref(), owner.pets.as_ref().map(Vec::len)),
        (Some(&CommonKind::Shop), Some(1))
    );
    assert_eq!(
        violations_of::<Animal>(r#"{"name": "Rex", "kind": {"type": "dog", "tricks": [1]}}"#),
        ["/kind/tricks/0 type", "/kind/tricks/0 enum"]
    );
    let found = GetPet::decode(response(200, r#"{"name": "Tom"}"#)).unwrap();
    assert_eq!(found.name, "Tom");
    let owners = ListOwners::decode(response(200, r#"[{"name": "Ann"}]"#)).unwrap();
    assert_eq!(owners[0].name, "Ann");
}

#[test]
fn nullable_beside_reference() {
    use case_nullable_beside_reference::operations::order::GetOrder;
    use case_nullable_beside_reference::runtime::Call as _;
    use case_nullable_beside_reference::schemas::{Address, Order};

    let order: Order = reads(r#"{"ship": null, "bill": null, "other": [null, {"city": "Ulm"}]}"#);
    assert_eq!(order.ship, None);
    assert_eq!(order.bill, Maybe::Null);
    assert_eq!(order.other.as_ref().map(Vec::len), Some(2));
    // What else stands beside a reference asks for nothing.
    assert_eq!(
        violations_of::<Order>(r#"{"ship": {"city": "Ulm"}, "bill": {"city": "Bonn"}}"#),
        [""; 0]
    );
    assert_eq!(violations_of::<Order>(r#"{"ship": null}"#), [""; 0]);
    assert_eq!(violations_of::<Order>(r#"{"ship": null, "old": null}"#), ["/old type"]);
    assert_eq!(Order::new(Some(Address::new("Ulm"))).ship, Some(Address::new("Ulm")));
    assert!(GetOrder::decode(response(200, "null")).unwrap().is_none());
}

#[test]
fn faults_of_documentation() {
    use case_faults_of_documentation::operations::pets::{self, AddPet};
    use case_faults_of_documentation::runtime::Call as _;
    use case_faults_of_documentation::schemas::Pet;

    let pet = Pet::default().name("Rex");
    writes(&pet, r#"{"name": "Rex"}"#);
    let request = pets::add_pet().tag("new").body(pet).into_http(&base()).unwrap();
    assert_eq!(line(&request), "POST http://localhost/pets?tag=new");
    assert_eq!(AddPet::decode(response(201, r#""7""#)).unwrap().as_str(), "7");
}

#[test]
fn unknown_keys() {
    use case_unknown_keys::schemas::{A, E, F};

    // They ask for nothing, and shape nothing.
    assert_eq!(violations_of::<A>(r#"{"a": 1, "b": "no date at all"}"#), [""; 0]);
    assert_eq!(reads::<A>(r#"{"b": "b"}"#).b.as_deref(), Some("b"));
    let any: E = reads(r#"{"name": 1}"#);
    writes(&any, r#"{"name": 1}"#);
    assert_eq!(violations_of::<F>("[7]"), [""; 0]);
    assert_eq!(violations_of::<F>("[]"), [" minItems"]);
}

#[test]
fn doubtful_spots() {
    use case_doubtful_spots::operations::{animals, big_toys, pets, toys};
    use case_doubtful_spots::runtime::Call as _;
    use case_doubtful_spots::schemas::{Animal, Loop, Pet};

    // Both paths have their operation; what is not declared is a string, and what is declared in vain is left out.
    let get = pets::get_pet("7").into_http(&base()).unwrap();
    assert_eq!(line(&get), "GET http://localhost/pets/7");
    let by_name = pets::get_pet_by_name("Rex").into_http(&base()).unwrap();
    assert_eq!(line(&by_name), "GET http://localhost/pets/Rex");
    assert_eq!(
        line(&toys::list_toys().into_http(&base()).unwrap()),
        "GET http://localhost/toys"
    );
    assert_eq!(
        line(&big_toys::list_big_toys("a b").into_http(&base()).unwrap()),
        "GET http://localhost/big%20toys/a%20b"
    );
    // Neither operation has the id alone.
    assert_eq!(
        line(&animals::get_cats().into_http(&base()).unwrap()),
        "GET http://localhost/cats"
    );
    assert_eq!(
        line(&animals::get_dogs().into_http(&base()).unwrap()),
        "GET http://localhost/dogs"
    );
    // Types are read as they are meant.
    let pet: Pet = reads(r#"{"name": "Rex", "age": 1, "tag": null, "friend": {"name": "Tom"}, "odd": [1]}"#);
    assert_eq!((pet.name.as_str(), pet.age, &pet.tag), ("Rex", Some(1), &Maybe::Null));
    assert_eq!(pet.friend.as_ref().map(|friend| friend.name.as_str()), Some("Tom"));
    assert_eq!(
        violations_of::<Pet>(r#"{"name": "Rex", "age": 0}"#),
        ["/age exclusiveMinimum"]
    );
    assert_eq!(
        violations_of::<Pet>(r#"{"name": "Rex", "nothing": 1}"#),
        ["/nothing type"]
    );
    assert!(matches!(reads(r#"{"kind": "dog"}"#), Animal::Dog(_)));
    writes(&reads::<Loop>("[7]"), "[7]");
}
