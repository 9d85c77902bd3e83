//! What counts as an item, and as an untyped place.

use super::*;

fn items(text: &str) -> Items {
    Items::of(text.parse().unwrap(), ["runtime", "Json"])
}

fn untyped(text: &str) -> usize {
    items(text).untyped
}

#[test]
fn public_types_count_wherever_they_stand() {
    let found = items(
        "//! Docs of pub struct No.
        pub struct A;
        #[derive(Debug)] pub enum B { One, TheLongestNameOfAll }
        struct Private;
        pub(crate) struct Within;
        pub mod inner { pub struct C(u8); }
        macro_rules! object { (pub struct D) => { pub struct D; } }
        runtime::object! { /// Docs.
            pub struct E { name: String = \"name\" } }
        pub const fn f() { }",
    );
    assert_eq!((found.types, found.longest_name.as_str()), (4, "TheLongestNameOfAll"));
}

#[test]
fn a_field_of_any_value_is_untyped() {
    let fields = "pub a: runtime::Json, #[x(y)] pub b: Option<runtime::Json>, c: Vec<Box<crate::runtime::Json>>,
        pub d: [runtime::Json; 2], pub e: runtime::Maybe<runtime::Json> = \"e\", pub f: Vec<runtime::Json> = \"f\",
        pub g: &'static runtime::Json";
    assert_eq!(untyped(&format!("pub struct A {{ {fields} }}")), 7);
    assert_eq!(untyped(&format!("object! {{ pub struct A {{ {fields} }} }}")), 7);
    assert_eq!(untyped(&format!("struct A {{ {fields} }}")), 0);
}

#[test]
fn a_map_and_a_type_of_the_same_name_are_not_untyped() {
    let fields = "pub a: runtime::Map<runtime::Json>, pub b: schemas::Json, pub c: Map<String, runtime::Json>,
        pub d: Option<runtime::Map<runtime::Json>>, pub e: Result<runtime::Json, Error>";
    assert_eq!(untyped(&format!("pub struct A {{ {fields} }}")), 0);
}

#[test]
fn variants_and_aliases_count() {
    assert_eq!(
        untyped("pub enum A { One(runtime::Json), Two { pub b: runtime::Json }, Three, Four(u8) }"),
        2
    );
    assert_eq!(untyped("pub struct A(runtime::Json);"), 1);
    assert_eq!(untyped("pub type A = runtime::Json; pub type B = Vec<u8>;"), 1);
}

#[test]
fn an_argument_counts_unless_it_is_given_to_a_field_that_counts() {
    let request = "pub struct Get { body: runtime::Json }
        impl Get {
            pub fn body(mut self, body: impl Into<runtime::Json>) -> Self { self }
            pub fn other(mut self, other: &runtime::Json, n: Map<A, B>) -> Self { self }
        }
        pub fn get<T: Into<(u8, u8)>>(id: T, body: runtime::Json) -> Get { let x: runtime::Json; }";
    assert_eq!(untyped(request), 2);
    assert_eq!(
        untyped("impl Client { pub async fn send(&self, body: &runtime::Json) -> A; }"),
        1
    );
    assert_eq!(untyped("impl Trait for A { fn a(body: runtime::Json) {} }"), 0);
    assert_eq!(
        untyped(
            "pub struct A { b: runtime::Json } impl<F: Fn() -> u8> From<F> for A where F: X { pub fn x(b: runtime::Json) {} }"
        ),
        1
    );
}
