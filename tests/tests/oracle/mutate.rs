//! Values that are nearly valid by their schema.

use apicrate_runtime::{Json, Map, Number};
use serde_json::Value;

use crate::edit::{edited, is_leaf, places, pointer, replaced};
use schema_instances::{self as instances, Instance, Random, other};

/// Numbers at which types and constraints differ.
const NUMBERS: [&str; 26] = [
    "0",
    "1",
    "-1",
    "1.0",
    "-0",
    "0.5",
    "1e2",
    "1.5e1",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e19",
    "1e30",
    "1e308",
    "1e400",
    "-1e400",
    "100000000000000000000000000000000000000000",
];

/// The keywords that constrain numbers.
const BOUNDS: [&str; 5] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// Returns the value with one or two changes.
pub(crate) fn mutated(instance: &Instance<'_>, random: &mut Random) -> Json {
    let mut value = instance.value.clone();
    let changes = random.between(3, 7) / 3;
    for _ in 0..changes {
        value = once(value, instance, random);
    }
    value
}

fn once(value: Json, instance: &Instance<'_>, random: &mut Random) -> Json {
    let found = places(&value);
    let (place, at) = random.pick(&found);
    let (place, at) = (place.clone(), (*at).clone());
    let change = match random.below(10) {
        0 => return removed(value, &place),
        1 => Json::Null,
        2 | 3 => other(random),
        _ => match at {
            Json::Number(number) => numbered(&number, instance, &place, random),
            Json::String(text) => texted(&text, instance, &place, random),
            Json::Bool(is_so) => Json::Bool(!is_so),
            Json::Null => other(random),
            Json::Array(elements) => Json::Array(listed(elements, instance, &place, random)),
            Json::Object(properties) => Json::Object(joined(properties, random)),
        },
    };
    replaced(&value, &place, &change)
}

/// Returns the value with each bound of each place missed, met and overstepped by one, then with each part
/// away, then with each part `null`.
pub(crate) fn probes<'i>(instance: &'i Instance<'_>) -> impl Iterator<Item = Json> + 'i {
    let value = &instance.value;
    let found = places(value);
    let parts: Vec<Vec<String>> = found.iter().map(|(place, _)| place.clone()).collect();
    let parts = parts.into_iter().filter(|place| !place.is_empty());
    // Long ones are made only where they are asked for.
    let bounds = found.into_iter().flat_map(move |(place, at)| {
        let changes = bounded(instance, &place, at);
        changes.map(move |change| replaced(value, &place, &change))
    });
    bounds
        .chain(parts.clone().map(|place| removed(value.clone(), &place)))
        .chain(parts.map(|place| replaced(value, &place, &Json::Null)))
}

/// Returns what lies around the bounds of what stands at the place.
fn bounded<'i>(instance: &Instance<'_>, place: &[String], at: &'i Json) -> Box<dyn Iterator<Item = Json> + 'i> {
    match at {
        Json::Number(_) => {
            let bounds = keyworded(instance, place, &BOUNDS).into_iter();
            let bounds = bounds.filter_map(|bound| bound.to_string().parse::<i64>().ok());
            Box::new(bounds.flat_map(around).map(Json::from))
        }
        Json::String(text) => {
            let texts = lengths(instance, place, &["minLength", "maxLength"], 200_000).map(|length| {
                let filler = text.chars().next().unwrap_or('x');
                let characters = text.chars().chain(std::iter::repeat(filler));
                Json::String(characters.take(length).collect())
            });
            Box::new(texts)
        }
        Json::Array(elements) => {
            let arrays = lengths(instance, place, &["minItems", "maxItems"], 10_000).map(|length| {
                let mut elements = elements.clone();
                let filler = elements.first().cloned().unwrap_or_default();
                elements.resize(length, filler);
                Json::Array(elements)
            });
            Box::new(arrays)
        }
        _ => Box::new(std::iter::empty()),
    }
}

fn around(bound: i64) -> [i64; 3] {
    [bound.saturating_sub(1), bound, bound.saturating_add(1)]
}

/// Returns the lengths around those of the keywords, as far as they can be made.
fn lengths(
    instance: &Instance<'_>,
    place: &[String],
    keywords: &[&str],
    most: usize,
) -> impl Iterator<Item = usize> + use<> {
    let bounds = keyworded(instance, place, keywords).into_iter();
    let bounds = bounds.filter_map(|bound| bound.as_i64()).flat_map(around);
    bounds.filter_map(move |length| usize::try_from(length).ok().filter(|length| *length <= most))
}

fn removed(value: Json, place: &[String]) -> Json {
    edited(value, place, &mut |_| None).unwrap_or(Json::Null)
}

fn number(text: &str) -> Json {
    Json::Number(Number::parse(text).unwrap())
}

/// Returns what the keywords at the place have for values.
fn keyworded(instance: &Instance<'_>, place: &[String], keywords: &[&str]) -> Vec<Value> {
    let found = instance.places.get(&pointer(place));
    let says = found.into_iter().flat_map(|place| &place.says);
    says.flat_map(|schema| keywords.iter().filter_map(|keyword| schema.get(*keyword)).cloned())
        .collect()
}

fn numbered(old: &Number, instance: &Instance<'_>, place: &[String], random: &mut Random) -> Json {
    let bounds = keyworded(instance, place, &BOUNDS);
    let text = old.text();
    match random.below(5) {
        0 if !bounds.is_empty() => {
            let bound = random.pick(&bounds).to_string();
            let moved = bound
                .parse::<i64>()
                .map(|bound| bound.saturating_add(if random.chance(1, 2) { 1 } else { -1 }));
            number(&moved.map_or(bound, |moved| moved.to_string()))
        }
        // The oracle has no more digits than `f64`: a fraction behind too many of them is lost on it.
        1 if text.len() < 15 && !text.contains(['.', 'e', 'E']) => {
            number(&format!("{text}{}", random.pick(&[".0", "e0", "E+0", ".5", ".000"])))
        }
        2 => Json::String(text.into_owned()),
        _ => number(random.pick::<&str>(&NUMBERS)),
    }
}

fn texted(old: &str, instance: &Instance<'_>, place: &[String], random: &mut Random) -> Json {
    let lengths = keyworded(instance, place, &["minLength", "maxLength"]);
    let near = instance.places.get(&pointer(place));
    let near = near
        .map(|place| instances::near_misses(&place.says))
        .unwrap_or_default();
    let mut characters: Vec<char> = old.chars().collect();
    let index = random.below(characters.len());
    match random.below(10) {
        0 | 1 if !near.is_empty() => return Json::from(*random.pick(&near)),
        0..=2 if !lengths.is_empty() => {
            let length = random.pick(&lengths).as_u64().unwrap_or_default();
            let length = usize::try_from(length).unwrap_or_default() + random.below(3);
            let filler = characters.first().copied().unwrap_or('x');
            characters.resize(length.saturating_sub(1).min(200_000), filler);
        }
        0 | 3 => {
            characters.pop();
        }
        1 | 4 => characters.push(*random.pick(&['a', '0', '-', '\n', ' ', 'é', '\u{0}'])),
        5 if !characters.is_empty() => characters[index] = *random.pick(&['g', 'Z', '_', '9', '.', 'ß', '😀']),
        6 if !characters.is_empty() => characters[index] = swapped(characters[index]),
        7 => characters.clear(),
        8 => characters.extend(old.chars()),
        _ => return Json::from(*random.pick(&["true", "1", "other", "OTHER", "null", "2020-01-01"])),
    }
    Json::String(characters.into_iter().collect())
}

fn swapped(character: char) -> char {
    if character.is_ascii_lowercase() {
        character.to_ascii_uppercase()
    } else {
        character.to_ascii_lowercase()
    }
}

fn listed(mut elements: Vec<Json>, instance: &Instance<'_>, place: &[String], random: &mut Random) -> Vec<Json> {
    let lengths = keyworded(instance, place, &["minItems", "maxItems"]);
    let filler = elements.first().cloned().unwrap_or_else(|| other(random));
    match random.below(5) {
        0 if !lengths.is_empty() => {
            let length = random.pick(&lengths).as_u64().unwrap_or_default();
            let length = usize::try_from(length).unwrap_or_default() + random.below(3);
            elements.resize(length.saturating_sub(1).min(10_000), filler);
        }
        0 | 1 => elements.push(filler),
        2 => elements.push(other(random)),
        3 => elements.reverse(),
        _ => elements.truncate(elements.len() / 2),
    }
    elements
}

fn joined(properties: Map<Json>, random: &mut Random) -> Map<Json> {
    let mut properties: Vec<(String, Json)> = properties.into_iter().collect();
    let index = random.below(properties.len());
    match random.below(5) {
        0 if !properties.is_empty() => {
            properties.remove(index);
        }
        1 if !properties.is_empty() => {
            let name = &mut properties[index].0;
            let kept = name.clone();
            name.push('s');
            if random.chance(1, 2) {
                *name = kept.chars().map(swapped).collect();
            }
        }
        2 if !properties.is_empty() => properties[index].1 = Json::Null,
        _ => {
            let name = *random.pick(&["extra", "x-extra", "0", "", "a~/b", "$where", "é"]);
            properties.retain(|(other, _)| other != name);
            properties.push((name.to_owned(), other(random)));
        }
    }
    properties.into_iter().collect()
}

/// Returns a value of another JSON type than that of the leaf.
pub(crate) fn wrong_leaf(leaf: &Json, random: &mut Random) -> Json {
    assert!(is_leaf(leaf), "{leaf} is no leaf");
    loop {
        let other = other(random);
        if std::mem::discriminant(&other) != std::mem::discriminant(leaf) {
            return other;
        }
    }
}
