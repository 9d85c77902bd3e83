//! Documents of other versions.

use crate::bodies::parts;
use crate::{base, body, header, line, reads, response};

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
    assert!(
        parts.contains(&("name=\"labels\"".to_owned(), "a,b".to_owned())),
        "{parts:?}"
    );
}
