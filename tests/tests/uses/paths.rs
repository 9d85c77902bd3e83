//! Paths that have more than a template.

use case_path_with_query::operations::answers;
use case_path_with_query::runtime::Call as _;

use crate::{base, line};

#[test]
fn a_query_is_sent_and_a_fragment_is_not() {
    macro_rules! sent {
        ($request:expr) => {
            line(&$request.into_http(&base()).unwrap())
        };
    }
    let create = answers::create().verbose(true);
    assert_eq!(sent!(create), "POST http://localhost/answers?verbose=true");
    // The pairs of the path come first, and an argument stands in place of a pair of its name.
    let beta = answers::post_answers_beta_true_step_1;
    assert_eq!(sent!(beta()), "POST http://localhost/answers?beta=true&step=1");
    assert_eq!(
        sent!(beta().verbose(false).step(2)),
        "POST http://localhost/answers?beta=true&verbose=false&step=2"
    );
    assert_eq!(
        sent!(answers::get_answer_text("a?b")),
        "GET http://localhost/answers/a%3Fb"
    );
    assert_eq!(
        sent!(answers::get_answer_links("a#b")),
        "GET http://localhost/answers/a%23b"
    );
    assert_eq!(
        sent!(answers::with_links("7")),
        "GET http://localhost/answers/7?with=links"
    );
    assert_eq!(sent!(answers::publish()), "POST http://localhost/");
    // A name in braces has its argument there, whether it is declared for the path or the query.
    assert_eq!(
        sent!(answers::search("a&b")),
        "GET http://localhost/search?kind=all&q=a%26b"
    );
    assert_eq!(sent!(answers::rows("a&b")), "GET http://localhost/rows?table=a%26b");
    assert_eq!(sent!(answers::rows("..")), "GET http://localhost/rows?table=..");
}

#[test]
fn the_last_segment_before_a_query_cannot_be_dots() {
    for id in ["", ".", ".."] {
        assert!(answers::with_links(id).into_http(&base()).is_err(), "{id:?}");
    }
}
