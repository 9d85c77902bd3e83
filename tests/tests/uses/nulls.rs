//! What a caller leaves out is absent, and `null` only where the caller says so.

use apicrate_runtime::{Json, Maybe, Scalar};
use serde_json::json;

use crate::{base, body, writes};

/// Returns whether an `A` is accepted where a setter asks for `impl Into<B>`.
///
/// The associated constant of the type itself goes before that of the trait, but stands only where the conversion does.
macro_rules! is_taken {
    ($from:ty => $to:ty) => {{
        struct Probe<A, B>(std::marker::PhantomData<(A, B)>);
        #[allow(dead_code, reason = "it is there for the types that do not convert")]
        trait Otherwise {
            const IS_TAKEN: bool = false;
        }
        impl<A, B> Otherwise for Probe<A, B> {}
        #[allow(dead_code, reason = "it is there for the types that convert")]
        impl<A: Into<B>, B> Probe<A, B> {
            const IS_TAKEN: bool = true;
        }
        <Probe<$from, $to>>::IS_TAKEN
    }};
}

#[test]
fn no_option_becomes_null_by_itself() {
    use case_null_when_meant::operations::people::ReplacePeopleBody;

    let values = [
        is_taken!(&str => Maybe<String>),
        is_taken!(String => Maybe<String>),
        is_taken!(i64 => Maybe<i64>),
        is_taken!(Maybe<i64> => Maybe<i64>),
        is_taken!(ReplacePeopleBody => Maybe<ReplacePeopleBody>),
        is_taken!(&str => Json),
        is_taken!(&str => Scalar),
    ];
    assert_eq!(values, [true; 7]);
    let options = [
        is_taken!(Option<&str> => Maybe<String>),
        is_taken!(Option<String> => Maybe<String>),
        is_taken!(Option<i64> => Maybe<i64>),
        is_taken!(Option<ReplacePeopleBody> => Maybe<ReplacePeopleBody>),
        is_taken!(Option<&str> => Json),
        is_taken!(Option<Json> => Json),
        is_taken!(Option<Json> => Maybe<Json>),
        is_taken!(Option<&str> => Scalar),
        is_taken!(Option<Scalar> => Maybe<Scalar>),
    ];
    assert_eq!(options, [false; 9]);
}

#[test]
fn null_when_meant() {
    use case_null_when_meant::operations::people::{self, ReplacePeopleBody};
    use case_null_when_meant::runtime::Call as _;
    use case_null_when_meant::schemas::Person;

    let none: Option<String> = None;
    writes(&Person::new().name(Maybe::or_absent(none.clone())), "{}");
    writes(&Person::new().name(Maybe::or_null(none.clone())), r#"{"name": null}"#);
    writes(
        &Person::new().name(Maybe::or_absent(Some("Ada".to_owned()))),
        r#"{"name": "Ada"}"#,
    );
    writes(
        &Person::new().name("Ada").notes(Json::or_null(none)),
        r#"{"name": "Ada", "notes": null}"#,
    );
    assert_eq!(Scalar::or_null(Some(1)), Scalar::from(1));
    assert!(Scalar::or_null(None::<bool>).is_null());

    // A body that may be absent and may be `null`.
    let bodies = [
        people::replace_people(),
        people::replace_people().body(Maybe::Null),
        people::replace_people().body(ReplacePeopleBody::new().name("Ada")),
    ];
    let written = bodies.map(|request| body(&request.into_http(&base()).unwrap()).to_owned());
    assert_eq!(
        written,
        [String::new(), "null".to_owned(), json!({"name": "Ada"}).to_string()]
    );
}
