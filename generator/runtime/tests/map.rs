//! Maps keep the order of the wire and the last of equal names.

use apicrate_runtime::Map;

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

/// A map as simple as can be: every name is searched from end to end.
#[derive(Default)]
struct Plain(Vec<(String, u32)>);

impl Plain {
    fn remove(&mut self, name: &str) -> Option<u32> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(index).1)
    }

    fn insert(&mut self, name: &str, value: u32) -> Option<u32> {
        if let Some((_, known)) = self.0.iter_mut().find(|(known, _)| known == name) {
            return Some(std::mem::replace(known, value));
        }
        self.0.push((name.to_owned(), value));
        None
    }
}

/// Numbers without a pattern, the same in each run (xorshift).
fn numbers(mut seed: u32) -> impl FnMut(u32) -> u32 {
    move |below| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed % below
    }
}

#[test]
fn a_map_of_any_size_is_what_a_plain_list_is() {
    for (seed, names) in [(1, 4), (2, 30), (3, 40), (4, 300), (5, 3000)] {
        let mut next = numbers(seed);
        let (mut map, mut plain) = (Map::new(), Plain::default());
        for step in 0..6000 {
            let name = format!("n{}", next(names));
            // Grows in one half of the steps, and shrinks in the other.
            match next(8) + if step < 3000 { 0 } else { 3 } {
                0..=4 => assert_eq!(map.insert(name.as_str(), step), plain.insert(&name, step)),
                5 => {
                    let last = [
                        (name.clone(), step),
                        (format!("m{step}"), step),
                        (name.clone(), step + 1),
                    ];
                    map.extend(last);
                    plain.remove(&name);
                    plain.insert(&format!("m{step}"), step);
                    plain.insert(&name, step + 1);
                }
                6 => assert_eq!(
                    map.get(&name),
                    plain.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
                ),
                _ => assert_eq!(map.remove(&name), plain.remove(&name)),
            }
            if let Some((first, _)) = plain.0.first().filter(|_| step % 7 == 0).cloned() {
                assert_eq!(map.remove(&first), plain.remove(&first));
            }
            assert_eq!(map.len(), plain.0.len());
            assert_eq!(map.iter().len(), plain.0.len());
            if step % 50 == 0 {
                let members: Vec<(String, u32)> = map.iter().map(|(name, value)| (name.to_owned(), *value)).collect();
                assert_eq!(members, plain.0);
                assert_eq!(map.clone().into_iter().collect::<Vec<_>>(), plain.0);
                assert_eq!(map, plain.0.iter().rev().cloned().collect());
            }
        }
        assert!(plain.0.iter().all(|(name, value)| map.get(name) == Some(value)));
    }
}

#[test]
fn equal_names_count_once_in_a_large_map() {
    let members: Vec<(String, u32)> = (0..80).map(|number| (format!("k{}", number % 40), number)).collect();
    let text: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    let read: Map<u32> = apicrate_runtime::from_str(&format!("{{{}}}", text.join(","))).unwrap();
    assert_eq!(read.values().copied().collect::<Vec<_>>(), (40..80).collect::<Vec<_>>());
    assert_eq!(read, Map::from(members));
    let once: Map<u32> = (0..80).map(|number| ("k", number)).collect();
    assert_eq!(once.into_iter().collect::<Vec<_>>(), [("k".to_owned(), 79)]);
}

#[test]
fn a_map_of_a_hundred_thousand_properties_takes_no_longer_for_each() {
    const MANY: u32 = 100_000;
    // Searched from end to end, these are 15 thousand million comparisons: many minutes without optimisation.
    let mut map = Map::new();
    for number in 0..MANY {
        map.insert(format!("name-{number}"), number);
    }
    assert!((0..MANY).all(|number| map.get(&format!("name-{number}")) == Some(&number)));
    let read: Map<u32> = apicrate_runtime::from_str(&apicrate_runtime::to_string(&map)).unwrap();
    assert_eq!(read, map);
    for number in (0..MANY).step_by(2) {
        assert_eq!(map.remove(&format!("name-{number}")), Some(number));
    }
    assert!(map.values().copied().eq((1..MANY).step_by(2)));
    while !map.is_empty() {
        let first = map.keys().next().map(str::to_owned);
        assert!(map.remove(&first.unwrap()).is_some());
    }
}

#[test]
fn an_index_makes_no_map_larger() {
    assert_eq!(size_of::<Map<u32>>(), size_of::<Vec<(String, u32)>>());
}
