//! Names of inline types: the name of their owner, and the last words of the way to them.
//!
//! An inline type is found by the component or operation that owns it. So its name starts with that, and the words that
//! follow are no more than it takes to tell the inline types of one owner apart.

use std::borrow::Cow;
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
    let mut all: Vec<Candidates<'_>> = types.iter().map(|nested| Candidates::of(owner, nested)).collect();
    let mut chosen = vec![0; types.len()];
    loop {
        let mut rivals: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, candidates) in all.iter().enumerate() {
            let name = candidates.made[chosen[index]].name.to_lowercase();
            rivals.entry(name).or_default().push(index);
        }
        let rank = |index: usize| all[index].made[chosen[index]].rank;
        let mut giving_way: Vec<usize> = Vec::new();
        for rivals in rivals.values() {
            let lowest = rivals.iter().map(|index| rank(*index)).min();
            let is_alone = rivals.iter().filter(|index| Some(rank(**index)) == lowest).count() == 1;
            let is_free = !is_taken(&all[rivals[0]].made[chosen[rivals[0]]].name);
            let keeps = |index: usize| is_free && is_alone && Some(rank(index)) == lowest;
            giving_way.extend(rivals.iter().filter(|index| !keeps(**index)));
        }
        giving_way.retain(|index| all[*index].make(chosen[*index] + 1));
        if giving_way.is_empty() {
            break;
        }
        for index in giving_way {
            chosen[index] += 1;
        }
    }
    let named = all.into_iter().zip(chosen);
    named
        .map(|(mut candidates, index)| candidates.made.swap_remove(index).name)
        .collect()
}

/// The names that a type may have, the best first, each made when it is asked for: most types have the first.
struct Candidates<'run> {
    owner: &'run str,
    /// How nested the type is.
    depth: usize,
    /// The steps that name it, the best first.
    steps: Vec<Cow<'run, Steps>>,
    /// How many names were tried.
    tried: usize,
    /// The names that differ from those before them.
    made: Vec<Candidate>,
}

impl<'run> Candidates<'run> {
    /// Returns the candidates, with the first of them made.
    fn of(owner: &'run str, nested: &Nested<'run>) -> Self {
        let mut ways = nested.ways.clone();
        // What is sent and received alike is named as what is sent.
        let is_response = |way: &Steps| way.first().is_none_or(|first| first != "body");
        ways.sort_by(|one, other| {
            let of = |way| (Steps::len(way), is_response(way), way);
            of(one).cmp(&of(other))
        });
        let way = ways.first().copied().unwrap_or_default();
        let is_shared = ways.iter().any(|other| other.last() != way.last());
        let title = nested.title.filter(|_| is_shared).map(str::to_owned);
        let shared = title.or_else(|| shared_words(&ways)).map(|words| vec![words]);
        let suffixes = (1..=way.len()).map(|length| Cow::Borrowed(&way[way.len() - length..]));
        let mut candidates = Self {
            owner,
            depth: way.len(),
            steps: shared.into_iter().map(Cow::Owned).chain(suffixes).collect(),
            tried: 0,
            made: Vec::new(),
        };
        candidates.make(0);
        candidates
    }

    /// Makes the candidate at `index`; returns whether there is one.
    fn make(&mut self, index: usize) -> bool {
        while self.made.len() <= index && self.tried <= 2 * self.steps.len() {
            self.make_next();
        }
        index < self.made.len()
    }

    fn make_next(&mut self) {
        let count = self.steps.len();
        let is_last = self.tried == 2 * count;
        let (name, is_short) = if is_last {
            let last = self.steps.last().map(|steps| steps.to_vec()).unwrap_or_default();
            nested_name(self.owner, &[last, vec![VALUE.to_owned()]].concat(), false)
        } else {
            nested_name(self.owner, &self.steps[self.tried % count], self.tried >= count)
        };
        self.tried += 1;
        if is_last || self.made.iter().all(|known| known.name != name) {
            let rank = (self.depth, is_short);
            self.made.push(Candidate { name, rank });
        }
    }
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
