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

#[test]
fn requests_of_the_server() {
    use case_features_of_resources::schemas::{Renamed, Weighed};
    use case_features_of_resources::webhooks::{Callback, ChangedPayload, MovedTo, Webhook};

    const JSON: Option<&str> = Some("application/json; charset=utf-8");

    let decoded = |name, body: &'static str| Webhook::decode(name, JSON, body).unwrap();
    let Some(Webhook::Born(births)) = decoded("born", r#"[{"weight": 1}, {}]"#) else {
        panic!()
    };
    assert_eq!(births.len(), 2);
    let Some(Webhook::Moved(moved)) = decoded("moved", r#"{"to": "farm"}"#) else {
        panic!()
    };
    assert_eq!(moved.to, MovedTo::Farm);
    // The discriminator chooses within the payload.
    assert!(matches!(
        decoded("changed", r#"{"kind": "renamed", "to": "Ida"}"#),
        Some(Webhook::Changed(ChangedPayload::Renamed(Renamed { to: Some(_), .. })))
    ));
    assert!(matches!(
        decoded("changed", r#"{"kind": "weighed", "weight": 2}"#),
        Some(Webhook::Changed(ChangedPayload::Weighed(Weighed {
            weight: Some(_),
            ..
        })))
    ));
    assert_eq!(decoded("probed/GET", "whatever"), Some(Webhook::ProbedGet));
    let text = Webhook::decode("probed/PUT", Some("text/plain"), "are you there").unwrap();
    assert_eq!(text, Some(Webhook::ProbedPut("are you there".to_owned())));
    assert_eq!(decoded("bought", "{}"), None);
    // What the body has to be is said by the document.
    let fault = Webhook::decode("moved", JSON, "{}").unwrap_err();
    assert!(fault.to_string().contains("\"to\""), "{fault}");
    let fault = Webhook::decode("moved", Some("application/x-www-form-urlencoded"), "to=farm").unwrap_err();
    assert!(fault.to_string().contains("x-www-form-urlencoded"), "{fault}");

    let added = Callback::decode("addPet/added", None, r#""Ada""#).unwrap();
    assert!(matches!(added, Some(Callback::AddPetAdded(by)) if by == "Ada"));
}
