//! Names of inline types: the name of their owner, and the last words of the way to them.
//!
//! An inline type is found by the component or operation that owns it. So its name starts with that, and the words that
//! follow are no more than it takes to tell the inline types of one owner apart.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use super::title::{OF_ANY, OF_PHRASES};
use super::{spell, type_name};

/// The word for a type whose own words would only repeat those before them, or are taken.
const VALUE: &str = "value";

/// The steps from an owner to an inline type: the words of each property, element and variant.
pub(crate) type Steps = [String];

/// Returns the names of the inline types of `owner`. `ways` are the steps to each type; several if equal schemas stand
/// in several places. `is_taken` says which names other types have.
///
/// A name has the words of the last step, and of as many before it as distinguish it. Of types with the same last
/// words, the only one that is nested least deeply has the short name, so that a property that is added further in
/// renames nothing. Two types whose steps are all equal get the same name; the caller numbers them.
#[must_use]
pub(crate) fn nested_names(owner: &str, ways: &[Vec<&Steps>], is_taken: &dyn Fn(&str) -> bool) -> Vec<String> {
    let candidates: Vec<Vec<String>> = ways.iter().map(|ways| candidates(owner, ways)).collect();
    let depths: Vec<usize> = ways
        .iter()
        .map(|ways| ways.iter().map(|way| way.len()).min().unwrap_or(0))
        .collect();
    let mut chosen = vec![0; ways.len()];
    loop {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, candidates) in candidates.iter().enumerate() {
            by_name
                .entry(candidates[chosen[index]].to_lowercase())
                .or_default()
                .push(index);
        }
        let mut has_changed = false;
        for rivals in by_name.values() {
            let is_free = !is_taken(&candidates[rivals[0]][chosen[rivals[0]]]);
            for index in rivals {
                let is_deeper = |other: &usize| other == index || depths[*other] > depths[*index];
                let keeps = is_free && rivals.iter().all(is_deeper);
                if !keeps && chosen[*index] + 1 < candidates[*index].len() {
                    chosen[*index] += 1;
                    has_changed = true;
                }
            }
        }
        if !has_changed {
            break;
        }
    }
    candidates
        .into_iter()
        .zip(chosen)
        .map(|(mut names, index)| names.swap_remove(index))
        .collect()
}

/// Returns the names that a type may have, the shortest first.
fn candidates(owner: &str, ways: &[&Steps]) -> Vec<String> {
    let mut ways: Vec<&Steps> = ways.to_vec();
    ways.sort_by_key(|way| (way.len(), way.to_vec()));
    let way = ways.first().copied().unwrap_or_default();
    let shared = shared_words(&ways).map(|words| nested_name(owner, &[words]));
    let suffixes = (1..=way.len()).map(|length| nested_name(owner, &way[way.len() - length..]));
    let mut names: Vec<String> = shared.into_iter().chain(suffixes).collect();
    names.dedup();
    let last = names.last().map_or(owner, String::as_str);
    names.push(nested_name(last, &[VALUE.to_owned()]));
    names
}

/// Returns the last words that the ways to a type share, if their last steps differ, and the words name it.
fn shared_words(ways: &[&Steps]) -> Option<String> {
    let mut lasts = ways.iter().filter_map(|way| way.last()).map(|step| words(step));
    let mut shared = lasts.next()?;
    let longest = shared.len();
    let mut is_whole = true;
    for last in lasts {
        let common = shared
            .iter()
            .rev()
            .zip(last.iter().rev())
            .take_while(|(one, other)| one == other)
            .count();
        is_whole &= common == longest && last.len() == longest;
        shared.drain(..shared.len() - common);
    }
    let is_phrase = |word: &String| OF_PHRASES.contains(&word.as_str());
    let names = shared.first().is_some_and(|first| !is_phrase(first))
        && shared.iter().any(|word| !OF_ANY.contains(&word.as_str()));
    (names && !is_whole).then(|| shared.join("_"))
}

/// Returns the name of the type that `steps` lead to from the type `owner`.
///
/// Words that end what stands before them are not said twice: the `account_type` of a `BankAccount` is a
/// `BankAccountType`.
fn nested_name(owner: &str, steps: &Steps) -> String {
    let mut name: Vec<String> = words(owner);
    for (index, step) in steps.iter().enumerate() {
        let own = words(step);
        let repeated = (0..=own.len().min(name.len()))
            .rev()
            .find(|count| name[name.len() - count..] == own[..*count])
            .unwrap_or(0);
        if repeated == own.len() && index + 1 == steps.len() {
            name.push(VALUE.to_owned());
        } else {
            name.extend(own.into_iter().skip(repeated));
        }
    }
    type_name(&name.join("_"))
}

fn words(text: &str) -> Vec<String> {
    let words = spell(text).to_snake_case();
    words.split('_').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Steps, nested_names};

    fn names(owner: &str, ways: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let ways: Vec<Vec<String>> = ways
            .iter()
            .map(|way| way.iter().map(|step| (*step).to_owned()).collect())
            .collect();
        let ways: Vec<Vec<&Steps>> = ways.iter().map(|way| vec![way.as_slice()]).collect();
        nested_names(owner, &ways, &|name| taken.contains(&name))
    }

    #[test]
    fn the_last_words_name_a_type() {
        assert_eq!(
            names("Pet", &[&["owner"], &["owner", "home", "address"]], &[]),
            ["PetOwner", "PetAddress"]
        );
        assert_eq!(
            names("BankAccount", &[&["account_type"], &["account"]], &[]),
            ["BankAccountType", "BankAccountValue"]
        );
    }

    #[test]
    fn what_is_nested_deeper_gives_way() {
        assert_eq!(
            names("Pet", &[&["status"], &["owner", "status"]], &[]),
            ["PetStatus", "PetOwnerStatus"]
        );
        let both: &[&[&str]] = &[&["vet", "status"], &["owner", "status"], &["owner", "home", "status"]];
        assert_eq!(
            names("Pet", both, &[]),
            ["PetVetStatus", "PetOwnerStatus", "PetHomeStatus"]
        );
    }

    #[test]
    fn names_of_other_types_are_left_alone() {
        assert_eq!(
            names("Pet", &[&["owner", "status"]], &["PetStatus"]),
            ["PetOwnerStatus"]
        );
        assert_eq!(names("Pet", &[&["status"]], &["PetStatus"]), ["PetStatusValue"]);
        assert_eq!(names("Pet", &[&["a b"], &["aB"]], &[]), ["PetABValue", "PetABValue"]);
    }

    #[test]
    fn equal_types_are_named_by_what_their_places_share() {
        let named = |ways: &[&str]| {
            let ways: Vec<Vec<String>> = ways.iter().map(|way| vec![(*way).to_owned()]).collect();
            nested_names("Order", &[ways.iter().map(Vec::as_slice).collect()], &|_| false).concat()
        };
        assert_eq!(named(&["shippingAddress", "billing_address"]), "OrderAddress");
        assert_eq!(named(&["updated_by", "created_by"]), "OrderCreatedBy");
        assert_eq!(named(&["seller", "buyer"]), "OrderBuyer");
        assert_eq!(named(&["seller", "seller"]), "OrderSeller");
    }
}
