//! Resources as Cargo features, and what no resource refers to.

use crate::{base, line, reads, violations};

#[test]
fn features_of_resources() {
    use case_features_of_resources::ids::PetId;
    use case_features_of_resources::operations::{owners, pets};
    use case_features_of_resources::runtime::Call as _;
    use case_features_of_resources::schemas::{Added, Birth, Draft, DraftPart, Id};

    let id: Id = "7".parse().unwrap();
    let request = pets::get_pet(&id).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/pets/7");
    let owner: case_features_of_resources::ids::OwnerId = "o1".parse().unwrap();
    let request = owners::get_owner(owner, PetId::from(&id)).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/owners/o1/pets/7");
    // Of a webhook, a callback, and nothing.
    let birth: Birth = reads(r#"{"pet": {"name": "Ida", "label": ""}, "weight": -1}"#);
    assert_eq!(violations(&birth), ["/pet/label minLength", "/weight minimum"]);
    let added: Added = reads(r#"{"by": "a long name"}"#);
    assert_eq!(violations(&added), ["/by maxLength"]);
    let draft: Draft = reads(r#"{"parts": ["tail"], "of": {"name": "Ada"}}"#);
    assert_eq!(draft.parts, Some(vec![DraftPart::Tail]));
}
