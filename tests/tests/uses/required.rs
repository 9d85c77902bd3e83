//! What is required: one by position, from two on by name.

use crate::{base, body, header, line, violations, writes};

#[test]
fn required_by_name() {
    use case_required_by_name::operations::users::{self, FindUsersRequired, PutUserRequired};
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
