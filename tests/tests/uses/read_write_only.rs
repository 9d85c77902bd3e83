//! Properties that go one way alone, and defaults.

use case_read_only_and_write_only::operations::users::{self, AddUser};
use case_read_only_and_write_only::runtime::Call as _;
use case_read_only_and_write_only::schemas::{Seen, Sort, User, UserKind};

use crate::{base, body, line, reads, response, violations};

#[test]
fn read_only_and_write_only() {
    // A request goes without what only responses have, and is not refused for it.
    let user = User::new("A").password("secret");
    let request = users::add_user(user.clone()).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"name":"A","password":"secret"}"#);
    assert_eq!(violations(&user), [" required", " required"]);
    let refused = users::add_user(User::new("A"))
        .into_http(&base())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("password"), "{refused}");

    // A response goes without what only requests have.
    let added = AddUser::decode(response(201, r#"{"id": "1", "name": "A", "since": null}"#)).unwrap();
    assert_eq!((added.id.as_deref(), added.password.as_deref()), (Some("1"), None));
    assert!(added.since.is_null());
    assert_eq!(reads::<Seen>(r#"{"id": "1"}"#).id, "1");
}

#[test]
fn defaults_are_offered_and_not_sent() {
    let request = users::add_user(User::new("A").password("s"))
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&request), "POST http://localhost/users");
    assert_eq!((AddUser::DEFAULT_LIMIT, AddUser::DEFAULT_SORT), (100, Sort::Up));
    assert_eq!(
        (User::DEFAULT_NAME, User::DEFAULT_AGE, User::DEFAULT_KIND),
        ("nobody", 18, UserKind::Human)
    );
    assert!(User::DEFAULT_ACTIVE && (User::DEFAULT_WEIGHT - 70.5).abs() < f64::EPSILON);
}
