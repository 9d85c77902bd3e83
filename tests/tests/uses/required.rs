//! What is required: one by position, from two on by name.

use crate::{base, body, header, line, reads, violations, writes};

#[test]
fn required_by_name() {
    use case_required_by_name::operations::users::{self, FindUsersRequired, PutUserRequired};
    use case_required_by_name::runtime::Call as _;
    use case_required_by_name::schemas::{User, UserRequired, UserRequired2};

    let required = UserRequired2 {
        last: "Lovelace".into(),
        first: "Ada".into(),
    };
    let user = User::new(required).born("1815");
    writes(&user, r#"{"first": "Ada", "last": "Lovelace", "born": "1815"}"#);

    // What stands in the path keeps the order of the path, whatever else is required.
    let request = users::put_user(
        "g",
        "r",
        PutUserRequired {
            body: user.clone(),
            x_reason: "new".into(),
        },
    );
    let request = request.note("n").into_http(&base()).unwrap();
    assert_eq!(line(&request), "PUT http://localhost/groups/g/users/r?note=n");
    assert_eq!(header(&request, "x-reason"), "new");
    assert_eq!(body(&request), r#"{"first":"Ada","last":"Lovelace","born":"1815"}"#);

    let request = users::post_user("g", "r", user).into_http(&base()).unwrap();
    assert_eq!(line(&request), "POST http://localhost/groups/g/users/r");
    let request = users::find_users(FindUsersRequired { to: 2, from: 1 });
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "GET http://localhost/users?from=1&to=2"
    );

    // A component keeps its name.
    assert_eq!(violations(&UserRequired::new("why")), [""; 0]);
}

#[test]
fn constants_filled_in() {
    use case_constants_filled_in::operations::sources::{self, AddFileForm, AddSourceRequired};
    use case_constants_filled_in::runtime::Call as _;
    use case_constants_filled_in::schemas::{Cat, Cat2, Derived, Dog, Fish, Local, Pet, Remote, Source};

    let local = Local::new("/a");
    let text = r#"{"type": "local", "path": "/a", "level": -7, "ratio": -0.5, "live": true, "kind": "source"}"#;
    writes(&local, text);
    assert_eq!(violations(&local), [""; 0]);
    // What is not required is not there unless it is set.
    assert_eq!(local.force, None);
    assert_eq!(Remote::default(), Remote::new());
    writes(
        &Source::from(Remote::new().url("u")),
        r#"{"type": "remote", "url": "u"}"#,
    );
    writes(&Derived::new("n"), r#"{"type": "derived", "name": "n"}"#);

    // A mapping of one value fixes it; one of two values, or two mappings, do not.
    writes(&Pet::from(Cat::new("Tom")), r#"{"pet_type": "cat", "name": "Tom"}"#);
    writes(&Pet::from(Dog::new()), r#"{"pet_type": "Dog"}"#);
    assert!(matches!(
        reads(&apicrate_runtime::to_string(&Dog::default())),
        Pet::Dog(_)
    ));
    writes(&Pet::from(Fish::new("shark")), r#"{"pet_type": "shark"}"#);
    writes(&Cat2::new("k"), r#"{"pet_type": "k"}"#);
    // What came from a server is kept, whatever it is.
    assert_eq!(reads::<Cat>(r#"{"pet_type": "lynx", "name": "n"}"#).pet_type, "lynx");

    let request = sources::add_source(AddSourceRequired {
        dry: false,
        body: local.into(),
    });
    let request = request.into_http(&base()).unwrap();
    assert_eq!(line(&request), "POST http://localhost/sources?api=20221128&dry=false");
    assert_eq!(header(&request, "x-version"), "2022-11-28");
    let request = sources::add_file(AddFileForm::new("x")).into_http(&base()).unwrap();
    let parts = crate::bodies::parts(request);
    assert_eq!(parts[0].1, "import");
}
