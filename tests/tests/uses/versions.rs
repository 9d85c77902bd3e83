//! Documents of other versions.

use crate::bodies::parts;
use crate::{base, body, header, line, reads, response};

#[test]
fn swagger_over_several_files() {
    use case_swagger_over_several_files::operations::pets::{self, AddPhotoForm, GetPet, GetPetError, ListPets};
    use case_swagger_over_several_files::runtime::Call as _;
    use case_swagger_over_several_files::schemas::{Owner, Pet};

    let request = pets::list_pets().tags(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "GET http://localhost/pets?tags=a&tags=b"
    );
    let all = ListPets::decode(response(
        200,
        r#"[{"name": "Rex", "owner": {"pets": [{"name": "Tom"}]}, "note": null}]"#,
    ));
    let owner: &Owner = all.as_ref().unwrap()[0].owner.as_ref().unwrap();
    assert_eq!(owner.pets.as_ref().unwrap()[0].name, "Tom");
    let request = pets::put_pet(7, Pet::new("Rex")).into_http(&base()).unwrap();
    assert_eq!(
        (line(&request), body(&request)),
        ("PUT http://localhost/pets/7".into(), r#"{"name":"Rex"}"#)
    );
    let error = GetPet::decode(response(404, r#"{"message": "gone"}"#)).unwrap_err();
    let Some(GetPetError::NotFound(missing)) = error.failure() else {
        panic!("{error:?}");
    };
    assert_eq!(missing.message.as_deref(), Some("gone"));
    let form = AddPhotoForm::new("photo".to_owned());
    let request = pets::add_photo(7, form).into_http(&base()).unwrap();
    assert_eq!(line(&request), "POST http://localhost/pets/7/photo");
}

#[test]
fn swagger_2_0() {
    use apicrate_runtime::Upload;
    use case_swagger_2_0::operations::pet::{self, FindPets, FindPetsStatusItem, NotePetsBody, ShowPetsForm};
    use case_swagger_2_0::operations::pet::{NotePetsMood, ShowPetsFormRequired};
    use case_swagger_2_0::runtime::Call as _;
    use case_swagger_2_0::schemas::Pet;

    let texts = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| (*text).to_owned()).collect() };
    let request = pet::find_pets(vec![FindPetsStatusItem::Available, FindPetsStatusItem::Sold])
        .tags(texts(&["a", "b"]))
        .words(texts(&["c", "d"]))
        .bars(texts(&["e", "f"]))
        .tabs("g\th");
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "GET http://localhost/pets?tags=a&tags=b&status=available,sold&words=c%20d&bars=e%7Cf&tabs=g%09h"
    );
    let pets = FindPets::decode(response(200, r#"[{"kind": "Dog", "name": "Rex", "size": 3}]"#)).unwrap();
    assert_eq!(pets[0].name, "Rex");
    let dog: Pet = reads(r#"{"kind": "Dog", "name": "Rex", "born": null, "size": 3}"#);
    let request = pet::replace_pets(dog).into_http(&base()).unwrap();
    assert_eq!(header(&request, "content-type"), "application/vnd.pets+json");

    let note = NotePetsBody::new("well")
        .mood(NotePetsMood::Well)
        .colors(texts(&["red", "blue"]))
        .sizes(vec![1, 2])
        .days(vec!["2024-02-09".parse().unwrap(), "2024-02-10".parse().unwrap()]);
    let request = pet::note_pets(vec![7, 8], note).x_reasons(texts(&["x", "y"]));
    let request = request.into_http(&base()).unwrap();
    assert_eq!(line(&request), "POST http://localhost/pets/7,8");
    assert_eq!(header(&request, "x-reasons"), "x,y");
    assert_eq!(
        body(&request),
        "state=well&mood=well&colors=red,blue&sizes=1%7C2&days=2024-02-09&days=2024-02-10"
    );

    let form = ShowPetsForm::new(ShowPetsFormRequired {
        state: "well".to_owned(),
        picture: Upload::from("PNG"),
    });
    let request = pet::show_pets(vec![7], form.labels(texts(&["a", "b"])));
    let request = request.into_http(&base()).unwrap();
    assert_eq!(line(&request), "PUT http://localhost/pets/7");
    let parts = parts(request);
    let labels = parts.iter().find(|(head, _)| head.starts_with("name=\"labels\""));
    assert_eq!(labels.map(|(_, content)| content.as_str()), Some("a,b"));
}

#[test]
fn openapi_3_2() {
    use case_openapi_3_2::operations::things::{self, FindThings, SelectThingsSelection, WatchThings};
    use case_openapi_3_2::runtime::Call as _;
    use case_openapi_3_2::schemas::{Filter, Thing};
    use case_openapi_3_2::servers;

    let filter = || Filter::new().words(vec!["a".to_owned()]);
    let request = things::find_things(filter()).into_http(&base()).unwrap();
    assert_eq!(line(&request), "QUERY http://localhost/things");
    assert_eq!(body(&request), r#"{"words":["a"]}"#);
    // A request that reads may be repeated.
    assert!(FindThings::OPERATION.is_safe && WatchThings::OPERATION.is_safe);
    assert!(!things::LockThings::OPERATION.is_safe);
    assert_eq!(FindThings::OPERATION.method.to_string(), "QUERY");
    assert_eq!(
        line(&things::lock_things().into_http(&base()).unwrap()),
        "LOCK http://localhost/things"
    );
    let request = things::search_things().into_http(&base()).unwrap();
    assert_eq!(line(&request), "M-SEARCH http://localhost/things");

    let selection = SelectThingsSelection::new("a b&c").sizes(3);
    let cookies = vec!["a b".to_owned(), "c%".to_owned()];
    let request = things::select_things(selection)
        .session(cookies)
        .into_http(&base())
        .unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/things/select?kind=a%20b%26c&sizes=3"
    );
    assert_eq!(header(&request, "cookie"), "session=a b; session=c%");
    let refused = things::select_things(SelectThingsSelection::new("k")).session(vec!["a;b".to_owned()]);
    assert!(refused.into_http(&base()).is_err());
    let refused = things::select_things(SelectThingsSelection::new("k").sizes(0))
        .into_http(&base())
        .unwrap_err();
    assert_eq!(refused.faults[0].place, "querystring parameter \"selection\"");
    let request = things::drop_things().rule(filter()).into_http(&base()).unwrap();
    assert_eq!(
        line(&request),
        "DELETE http://localhost/things/select?%7B%22words%22%3A%5B%22a%22%5D%7D"
    );

    let found = FindThings::decode(response(200, r#"[{"kind": "Big", "size": 1}, {"of": "x"}]"#)).unwrap();
    assert!(matches!(found.as_slice(), [Thing::Big(_), Thing::Small(_)]));
    assert_eq!(servers::PRODUCTION, "https://search.example");
    assert_eq!(servers::Region::default().url().unwrap(), "https://eu.search.example");
}
