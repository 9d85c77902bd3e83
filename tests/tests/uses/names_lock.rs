//! Names that an earlier version of the crate had: those that are locked, and former names.

use case_names_lock::ids::PetNumber;
use case_names_lock::operations::pets::{self, GetPet, GetPetView};
use case_names_lock::runtime::Call as _;
use case_names_lock::schemas::{Person, PersonRequired, Pet, PetKind, PetKindObject, PetRequired, PetState};

use crate::{base, line, writes};

fn number() -> PetNumber {
    "7".parse().unwrap()
}

#[test]
fn what_changed_its_words_kept_its_names() {
    let request: GetPet = pets::get_pet(number()).view(GetPetView::Short);
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "GET http://localhost/pets/7?view=short"
    );
    let pet = Pet::new(PetRequired {
        name: "Rex".to_owned(),
        kind: PetKind::Object(PetKindObject::new("long")),
    });
    writes(&pet, r#"{"name": "Rex", "kind": {"fur": "long"}}"#);
    assert_eq!(PetState::Here.as_str(), "here");
}

#[test]
#[expect(deprecated, reason = "these are the former names")]
fn former_names_stand_for_those_of_today() {
    use case_names_lock::operations::pets::{PutPetSize, ReplacePet, ReplacePetRequired};
    use case_names_lock::schemas::{Fault, PetOwner, PetOwnerRequired, Problem};

    let owner: PetOwner = PetOwner::new(PetOwnerRequired {
        name: "Eva".to_owned(),
        email: "eva@example.com".to_owned(),
    });
    let same: Person = Person::new(PersonRequired {
        name: "Eva".to_owned(),
        email: "eva@example.com".to_owned(),
    });
    assert_eq!(owner, same);
    let body = Pet::new(PetRequired {
        name: "Rex".to_owned(),
        kind: PetKind::from("cat"),
    });
    let request: ReplacePet = pets::replace_pet(number(), ReplacePetRequired { dry: true, body });
    let request = request.size(PutPetSize::Small);
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "PUT http://localhost/pets/7?dry=true&size=small"
    );
    let read = |fault: Fault| -> Problem { fault };
    let _ = read;
}
