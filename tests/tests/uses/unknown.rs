//! Values that the document does not list: what a server said may be sent back, and what a caller says on purpose.

use apicrate_runtime::codegen::any_listed;
use apicrate_runtime::{StringEnum as _, from_str};

use crate::{base, body, header, line, reads, response, violations};

#[test]
fn unknown_values_sent_back() {
    use case_unknown_values_sent_back::operations::pets::{self, GetPet};
    use case_unknown_values_sent_back::runtime::Call as _;
    use case_unknown_values_sent_back::schemas::{Pet, PetFood, PetPlace, Status};

    // Everything that a newer server says of a pet.
    let pet = r#"{"status":"lost","before":["sold","lost","found"],"by_year":{"2024":"lost","2025":"sold"},"#
        .to_owned()
        + r#""no_longer":"lost","food":{"kind":"raw"},"place":{"room":7}}"#;
    let got = GetPet::decode(response(200, &pet)).unwrap().into_inner();
    assert!(matches!(&got.food, Some(PetFood::Dry(food)) if food.kind.as_str() == "raw"));
    assert!(matches!(&got.place, Some(PetPlace::Unknown(_))));
    assert!(violations(&got).len() > 5, "{:?}", violations(&got));

    // It is sent back: in the body, in the path, in a list of the query, and in a header.
    let lost = got.status.clone().unwrap();
    let request = pets::set_pet(lost.clone())
        .before(got.before.clone().unwrap())
        .x_status(lost.clone())
        .body(got.clone())
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&request), "PUT http://localhost/pets/lost?before=sold,lost,found");
    assert_eq!((header(&request, "x-status"), body(&request)), ("lost", pet.as_str()));

    // What surrounds it is validated all the same.
    let refused = |pet: Pet| {
        let error = pets::set_pet(Status::Sold).body(pet).into_http(&base()).unwrap_err();
        error.faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    let twice = got.clone().before(vec![lost.clone(), Status::Sold, lost.clone()]);
    assert_eq!(refused(twice), ["/before"]);
    assert_eq!(refused(got.no_longer(Status::Sold)), ["/no_longer"]);
    assert_eq!(
        refused(reads(r#"{"by_year": {"a": "lost"}, "no_longer": "sold"}"#)),
        ["/no_longer"]
    );

    // A caller says on purpose that the value is none of the document's.
    assert_eq!((Status::unknown("lost"), Status::unknown("sold")), (lost, Status::Sold));
    let request = pets::set_pet(Status::unknown("lost")).body(Pet::new().status(Status::unknown("lost")));
    assert_eq!(body(&request.into_http(&base()).unwrap()), r#"{"status":"lost"}"#);
    assert_eq!(violations(&Status::unknown("lost")), [" enum"]);
    assert!("lost".parse::<Status>().is_err());
}

#[test]
fn values_of_callers_are_validated() {
    use case_unknown_values_sent_back::operations::pets;
    use case_unknown_values_sent_back::runtime::Call as _;
    use case_unknown_values_sent_back::schemas::{Pet, Status};

    let refused = |pet: Pet| pets::set_pet(Status::Sold).body(pet).into_http(&base()).is_err();
    assert!(refused(Pet::new().status(any_listed::<Status>("lost"))));
    assert!(
        Status::unknown("lost")
            .as_unknown()
            .is_some_and(|text| text.as_str() == "lost")
    );
}

#[test]
fn unknown_values_in_forms() {
    use case_unknown_values_sent_back::operations::forms;
    use case_unknown_values_sent_back::runtime::Call as _;
    use case_unknown_values_sent_back::schemas::{Form, Status};

    let read: Form = from_str(r#"{"status": "lost"}"#).unwrap();
    assert_eq!(
        body(&forms::send_form().body(read.clone()).into_http(&base()).unwrap()),
        "status=lost"
    );
    assert!(forms::send_parts().body(read.clone()).into_http(&base()).is_ok());
    let strict = Form::new().status(any_listed::<Status>("lost"));
    for form in [strict, read.size(10)] {
        assert!(forms::send_form().body(form.clone()).into_http(&base()).is_err());
        assert!(forms::send_parts().body(form).into_http(&base()).is_err());
    }
}
