//! Unions: how a subschema is chosen, and what no subschema takes.

use apicrate_runtime::{HasSchema as _, Json, Scalar, from_str, to_string};

use crate::{base, body, reads, violations, violations_of, writes};

#[test]
fn one_of_by_kind() {
    use case_one_of_by_kind::operations::answer;
    use case_one_of_by_kind::runtime::Call as _;
    use case_one_of_by_kind::schemas::{Answer, Essay};

    assert!(matches!(reads("\"yes\""), Answer::Scalar(Scalar::String(word)) if word == "yes"));
    assert!(matches!(reads("false"), Answer::Scalar(Scalar::Boolean(false))));
    assert!(matches!(reads(r#"["a", "b"]"#), Answer::Words(words) if words == ["a", "b"]));
    assert!(
        matches!(reads(r#"{"text": "…", "by": "Ada"}"#), Answer::Essay(essay) if essay.unknown_fields["by"].as_str() == Some("Ada"))
    );
    let sent = |answer: answer::SetAnswer| body(&answer.into_http(&base()).unwrap()).to_owned();
    assert_eq!(sent(answer::set_answer(Essay::new("…"))), r#"{"text":"…"}"#);
    assert_eq!(sent(answer::set_answer("yes")), "\"yes\"");
    assert_eq!(sent(answer::set_answer(true)), "true");
    // What no subschema takes is kept with the reason, reported, and may be sent back.
    let unknown: Answer = reads(r#"{"words": 1.0}"#);
    let Answer::Unknown(subschema) = &unknown else {
        panic!("{unknown:?}")
    };
    assert_eq!(subschema.value().to_string(), r#"{"words":1.0}"#);
    assert!(subschema.reason().contains("text"), "{}", subschema.reason());
    assert_eq!(violations(&unknown), [" oneOf"]);
    assert!(matches!(reads("7"), Answer::Unknown(_)));
}

#[test]
fn one_of_by_discriminator() {
    use case_one_of_by_discriminator::operations::shapes;
    use case_one_of_by_discriminator::runtime::Call as _;
    use case_one_of_by_discriminator::schemas::{Circle, CircleRequired, Shape};

    assert!(matches!(
        reads(r#"{"radius": 1, "form": "round"}"#),
        Shape::Circle(Circle { radius: 1.0, .. })
    ));
    assert!(matches!(reads(r#"{"form": "ring", "radius": 1}"#), Shape::Circle(_)));
    assert!(matches!(reads(r#"{"form": "box", "side": 2}"#), Shape::Square(_)));
    // Without a mapping the name of the component is the value.
    assert!(matches!(
        reads(r#"{"form": "Ellipse", "axes": [1, 2]}"#),
        Shape::Ellipse(_)
    ));
    // The shape of the object is no reason to guess: `box` has no radius.
    assert!(matches!(reads(r#"{"form": "box", "radius": 2}"#), Shape::Unknown(_)));
    assert!(matches!(reads(r#"{"form": "star", "radius": 2}"#), Shape::Unknown(_)));
    assert!(matches!(reads(r#"{"radius": 2}"#), Shape::Unknown(_)));
    let request = shapes::add_shape(Circle::new(CircleRequired {
        form: "round".into(),
        radius: 1.5,
    }));
    let request = request.into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"form":"round","radius":1.5}"#);
}

#[test]
fn one_of_by_schema() {
    use case_one_of_by_schema::operations::rows;
    use case_one_of_by_schema::runtime::Call as _;
    use case_one_of_by_schema::schemas::{Query, QueryAnd, QueryKind, QueryPlain};

    assert!(matches!(reads(r#"{"$and": ["a"]}"#), Query::And(query) if query.and == ["a"]));
    assert!(matches!(reads(r#"{"$or": []}"#), Query::Or(_)));
    assert!(matches!(
        reads(r#"{"column": "name", "kind": "plain"}"#),
        Query::Plain(_)
    ));
    assert!(matches!(reads(r#"{"size": 3}"#), Query::Plain(query) if query.get("size") == Some(&3.into())));
    let both = violations_of::<Query>(r#"{"$and": ["a"], "$or": ["b"]}"#);
    assert_eq!(both, [" oneOf"]);
    let plain = QueryPlain::new().column("name").kind(QueryKind::Plain).entry("size", 3);
    let request = rows::query(plain).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"column":"name","kind":"plain","size":3}"#);
    writes(&Query::from(QueryAnd::new(vec!["a".to_owned()])), r#"{"$and": ["a"]}"#);
}

#[test]
fn any_of_enum_or_string() {
    use case_any_of_enum_or_string::operations::paint;
    use case_any_of_enum_or_string::runtime::Call as _;
    use case_any_of_enum_or_string::schemas::{Colour, Paint};

    let request = paint::paint(Paint::new(Colour::Red)).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"colour":"red"}"#);
    // The list is open: another colour is as valid as the known ones.
    let teal: Paint = reads(r#"{"colour": "teal"}"#);
    assert_eq!(teal.colour.as_str(), "teal");
    assert_eq!("teal".parse(), Ok(teal.colour.clone()));
    assert_eq!(violations(&teal), [""; 0]);
}

#[test]
fn nested_unions() {
    use case_nested_unions::schemas::{Filter, FilterArrayItem, Range, RangeAfter, RangeTo};

    assert!(matches!(reads("\"a\""), Filter::Scalar(Scalar::String(_))));
    assert!(matches!(reads("7"), Filter::Scalar(Scalar::Number(_))));
    let Filter::Range(range) = reads(r#"{"from": 1, "to": {"after": 2}}"#) else {
        panic!()
    };
    assert!(matches!(range.to, Some(RangeTo::After(RangeAfter { after: 2.0, .. }))));
    let Filter::Array(items) = reads(r#"["a", {"from": 1, "to": 2}, 3]"#) else {
        panic!()
    };
    assert!(matches!(&items[0], FilterArrayItem::String(text) if text == "a"));
    assert!(matches!(
        &items[1],
        FilterArrayItem::Range(Range {
            to: Some(RangeTo::Number(2.0)),
            ..
        })
    ));
    assert!(matches!(&items[2], FilterArrayItem::Unknown(_)));
    // `null` is a value of the union where it is used.
    assert_eq!(from_str::<Option<Filter>>("null").unwrap(), None);
    assert_eq!(to_string(&None::<Filter>), "null");
}

#[test]
fn recursion_mutual() {
    use case_recursion_mutual::schemas::{Both, BothRequired, Expression, Not};

    let name = |text: &str| Expression::from(text.to_owned());
    let expression = Expression::from(Not::new(Both::new(BothRequired {
        left: name("a"),
        right: Not::new(name("b")).into(),
    })));
    writes(&expression, r#"{"not": {"left": "a", "right": {"not": "b"}}}"#);
    assert_eq!(
        reads::<Expression>(r#"{"not": {"left": "a", "right": {"not": "b"}}}"#),
        expression
    );
    assert_eq!(violations(&expression), [""; 0]);
    let Expression::Not(outer) = reads(r#"{"not": {"either": "a"}}"#) else {
        panic!()
    };
    assert!(matches!(*outer.not, Expression::Unknown(_)));
}

#[test]
fn recursion_through_union() {
    use case_recursion_through_union::schemas::Expr;

    const DEPTH: usize = 191;

    // An unknown value is shown as its value and what each subschema has against it.
    let unknown: Expr = from_str(r#"{"not": {"xor": [1, "a"]}}"#).unwrap();
    assert_eq!(
        format!("{unknown:?}"),
        concat!(
            r#"Not(Not { not: Unknown(UnknownValue { value: {"xor":[1,"a"]}, reasons: ["#,
            r#""the property \"not\" is missing", "the property \"leaf\" is missing", "the property \"all\" is missing"] }) })"#
        )
    );
    assert_eq!(format!("{:?}", Expr::schema()), "Schema { .. }");
    assert!(format!("{:?}", Expr::schema().0).starts_with("[OneOf([Schema { .. }, "));

    // What nests as deep as a response may is read, shown, cloned, compared, written and dropped on a small stack.
    let deep = |depth, inner| format!("{}{inner}{}", r#"{"not":"#.repeat(depth), "}".repeat(depth));
    let texts = [deep(DEPTH, r#"{"leaf":"on"}"#), deep(DEPTH / 4, r#"{"xor":true}"#)];
    let work = move || {
        for text in texts {
            let value: Expr = from_str(&text).unwrap();
            assert_eq!(value.clone(), value);
            assert!(format!("{value:?}").len() > text.len());
            assert_eq!(to_string(&value), text);
            let json: Json = from_str(&text).unwrap();
            assert_eq!((json.clone(), json.to_string()), (json, text));
        }
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.unwrap().join().unwrap();
}
