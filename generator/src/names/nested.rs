//! Names of inline types: the name of their owner, and the last words of the way to them.
//!
//! An inline type is found by the component or operation that owns it. So its name starts with that, and the words that
//! follow are no more than it takes to tell the inline types of one owner apart.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use super::length::{LONGEST, shortened};
use super::title::{OF_ANY, OF_PHRASES};
use super::{spell, type_name};

/// The word for a type whose own words would only repeat those before them, or are taken.
const VALUE: &str = "value";

/// The steps from an owner to an inline type: the words of each property, element and variant.
pub(crate) type Steps = [String];

/// An inline type that needs a name.
pub(crate) struct Nested<'run> {
    /// The steps to it; several ways if equal schemas stand in several places.
    pub(crate) ways: Vec<&'run Steps>,
    /// The title that all of these schemas have.
    pub(crate) title: Option<&'run str>,
}

/// A name that a type may have.
struct Candidate {
    name: String,
    /// How nested the type is, and whether words of its steps are left out of the name. Of rivals for a name, the only
    /// one of the lowest rank has it.
    rank: (usize, bool),
}

/// Returns the names of the inline types of `owner`. `is_taken` says which names other types have.
///
/// A name has the words of the last step, and of as many before it as distinguish it. Of types with the same last
/// words, the only one that is nested least deeply has the short name, so that a property that is added further in
/// renames nothing. Two types whose steps are all equal get the same name; the caller numbers them.
#[must_use]
pub(crate) fn nested_names(owner: &str, types: &[Nested<'_>], is_taken: &dyn Fn(&str) -> bool) -> Vec<String> {
    let candidates: Vec<Vec<Candidate>> = types.iter().map(|nested| candidates(owner, nested)).collect();
    let mut chosen = vec![0; types.len()];
    loop {
        let mut rivals: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, candidates) in candidates.iter().enumerate() {
            let name = candidates[chosen[index]].name.to_lowercase();
            rivals.entry(name).or_default().push(index);
        }
        let rank = |index: usize| candidates[index][chosen[index]].rank;
        let mut giving_way = Vec::new();
        for rivals in rivals.values() {
            let lowest = rivals.iter().map(|index| rank(*index)).min();
            let is_alone = rivals.iter().filter(|index| Some(rank(**index)) == lowest).count() == 1;
            let is_free = !is_taken(&candidates[rivals[0]][chosen[rivals[0]]].name);
            let keeps = |index: usize| is_free && is_alone && Some(rank(index)) == lowest;
            let others = rivals.iter().copied().filter(|index| !keeps(*index));
            giving_way.extend(others.filter(|index| chosen[*index] + 1 < candidates[*index].len()));
        }
        if giving_way.is_empty() {
            break;
        }
        for index in giving_way {
            chosen[index] += 1;
        }
    }
    let named = candidates.into_iter().zip(chosen);
    named
        .map(|(mut candidates, index)| candidates.swap_remove(index).name)
        .collect()
}

/// Returns the names that a type may have, the best first.
fn candidates(owner: &str, nested: &Nested<'_>) -> Vec<Candidate> {
    let mut ways = nested.ways.clone();
    // What is sent and received alike is named as what is sent.
    let is_response = |way: &Steps| way.first().is_none_or(|first| first != "body");
    ways.sort_by_key(|way| (way.len(), is_response(way), way.to_vec()));
    let way = ways.first().copied().unwrap_or_default();
    let is_shared = ways.iter().any(|other| other.last() != way.last());
    let title = nested.title.filter(|_| is_shared).map(str::to_owned);
    let shared = title.or_else(|| shared_words(&ways)).map(|words| vec![words]);
    let suffixes = (1..=way.len()).map(|length| way[way.len() - length..].to_vec());
    let steps: Vec<Vec<String>> = shared.into_iter().chain(suffixes).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    for is_whole in [false, true] {
        for steps in &steps {
            let (name, is_short) = nested_name(owner, steps, is_whole);
            if candidates.iter().all(|known| known.name != name) {
                let rank = (way.len(), is_short);
                candidates.push(Candidate { name, rank });
            }
        }
    }
    let last = steps.last().cloned().unwrap_or_default();
    let (name, is_short) = nested_name(owner, &[last, vec![VALUE.to_owned()]].concat(), false);
    let rank = (way.len(), is_short);
    candidates.push(Candidate { name, rank });
    candidates
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

/// Returns the name of the type that `steps` lead to from the type `owner`, and whether words of theirs are left out.
///
/// Words that end what stands before them are said twice only if `is_whole` is set: the `account_type` of a
/// `BankAccount` is a `BankAccountType`. What is too long loses words of the owner first.
fn nested_name(owner: &str, steps: &Steps, is_whole: bool) -> (String, bool) {
    let mut holder = words(owner);
    let mut name: Vec<String> = Vec::new();
    let mut is_short = false;
    for (index, step) in steps.iter().enumerate() {
        let own = words(step);
        let before = [&holder[..], &name[..]].concat();
        let repeated = (0..=own.len().min(before.len()))
            .rev()
            .find(|count| !is_whole && before[before.len() - count..] == own[..*count])
            .unwrap_or(0);
        is_short |= repeated > 0;
        if repeated == own.len() && index + 1 == steps.len() {
            name.push(VALUE.to_owned());
        } else {
            name.extend(own.into_iter().skip(repeated));
        }
    }
    let name = name.join("_");
    let room = LONGEST.saturating_sub(name.len() + 1);
    // A part of the owner's name has to say whose the type is.
    if room >= LONGEST / 2 {
        holder = vec![shortened(&holder.join("_"), room)];
    }
    (type_name(&format!("{}_{name}", holder.join("_"))), is_short)
}

fn words(text: &str) -> Vec<String> {
    let words = spell(text).to_snake_case();
    words.split('_').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Nested, nested_names};

    fn names(owner: &str, ways: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let ways: Vec<Vec<String>> = ways
            .iter()
            .map(|way| way.iter().map(|step| (*step).to_owned()).collect())
            .collect();
        let types: Vec<Nested<'_>> = ways.iter().map(|way| nested(std::slice::from_ref(way), None)).collect();
        nested_names(owner, &types, &|name| taken.contains(&name))
    }

    fn nested<'run>(ways: &'run [Vec<String>], title: Option<&'run str>) -> Nested<'run> {
        Nested {
            ways: ways.iter().map(Vec::as_slice).collect(),
            title,
        }
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
        // The type whose words are all in its name has it.
        assert_eq!(
            names("Rule", &[&["rule_type"], &["type"]], &[]),
            ["RuleRuleType", "RuleType"]
        );
    }

    #[test]
    fn a_long_owner_gives_way() {
        let owner = "CustomerBalanceCashTransactionBankTransferReversalDetails";
        assert_eq!(
            names(owner, &[&["account_holder_type"]], &[]),
            ["CustomerBalanceReversalDetailsAccountHolderType"]
        );
    }

    #[test]
    fn equal_types_are_named_by_what_their_places_share() {
        let titled = |ways: &[&str], title| {
            let ways: Vec<Vec<String>> = ways.iter().map(|way| vec![(*way).to_owned()]).collect();
            nested_names("Order", &[nested(&ways, title)], &|_| false).concat()
        };
        let named = |ways: &[&str]| titled(ways, None);
        assert_eq!(named(&["shippingAddress", "billing_address"]), "OrderAddress");
        assert_eq!(named(&["updated_by", "created_by"]), "OrderCreatedBy");
        assert_eq!(named(&["seller", "buyer"]), "OrderBuyer");
        assert_eq!(named(&["Accepted", "body"]), "OrderBody");
        assert_eq!(named(&["seller", "seller"]), "OrderSeller");
        assert_eq!(titled(&["seller", "buyer"], Some("person")), "OrderPerson");
        // The title of one alone is one of its steps, if it names it.
        assert_eq!(titled(&["seller", "seller"], Some("person")), "OrderSeller");
    }
}
