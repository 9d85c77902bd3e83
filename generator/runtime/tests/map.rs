//! Maps keep the order of the wire and the last of equal names.

use client_runtime::Map;

#[test]
fn the_last_of_equal_names_wins() {
    let few: Map<i32> = [("a", 1), ("b", 2), ("a", 3)].into();
    assert_eq!(few.iter().collect::<Vec<_>>(), [("b", &2), ("a", &3)]);
    let many: Map<usize> = (0..100).map(|number| (format!("k{}", number % 50), number)).collect();
    assert_eq!(many.len(), 50);
    assert_eq!(many["k7"], 57);
}

#[test]
fn order_does_not_count() {
    let left: Map<i32> = [("a", 1), ("b", 2)].into();
    let right: Map<i32> = [("b", 2), ("a", 1)].into();
    assert_eq!(left, right);
    assert_ne!(left, [("a", 1)].into());
}
