//! A run: values of every schema, validated by the crates and by the oracle.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use apicrate_runtime::Json;
use schema_oracle::translate;
use serde_json::Value;
use tests::table::{self, Document};

use crate::ENOUGH;
use crate::extend;
use crate::known::KNOWN;
use crate::mutate;
use crate::oracle::Oracle;
use crate::table::TABLE;
use crate::validate::{Entry, Reading};
use schema_instances::{self as instances, Instance, Random};

/// How long values are on the average that few of are validated: where they are longer, they are fewer.
const LONG: usize = 500;

/// The documents, with their overlays, by name.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| table::documents().unwrap());

/// Returns the documents.
pub(crate) fn documents() -> &'static [Document] {
    &DOCUMENTS
}

/// In which way a finding is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The crate refuses what the oracle takes.
    Refused,
    /// The crate takes what the oracle refuses.
    Taken,
    /// What is valid is written otherwise than it was read.
    Written,
    /// What is valid but for something new cannot be read, or is written otherwise than it was read.
    New,
}

/// A value on which the crate and the oracle part, or that is not written as it was read.
#[derive(Debug)]
pub(crate) struct Finding {
    /// The row of the table.
    pub(crate) entry: Entry,
    /// In which way.
    pub(crate) kind: Kind,
    /// The value.
    pub(crate) instance: Json,
    /// What the crate says.
    pub(crate) reading: Reading,
    /// The name of the reason that excuses it.
    pub(crate) known: Option<&'static str>,
    /// Findings that are alike have the same cause.
    pub(crate) cause: String,
    /// What is new in the value.
    pub(crate) words: &'static str,
    /// What the oracle says.
    pub(crate) objections: Vec<String>,
}

/// What a run came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// How many schemas were asked of.
    pub(crate) schemas: usize,
    /// How many values were validated.
    pub(crate) instances: usize,
    /// How long all of them were.
    text: usize,
    /// How many of them the oracle took.
    pub(crate) valid: usize,
    /// Schemas of which no valid value was found.
    pub(crate) barren: Vec<(&'static str, &'static str)>,
    /// Findings by schema, reason and cause: the smallest value of each, with how many there were.
    pub(crate) findings: BTreeMap<(&'static str, &'static str, String), (Finding, usize)>,
}

/// Returns the document of an entry.
pub(crate) fn document(entry: &Entry) -> &'static Value {
    let document = documents().iter().find(|document| document.name == entry.document);
    let document = document.unwrap_or_else(|| panic!("there is no document {}", entry.document));
    &document.json
}

/// Returns the rows of the table without those whose schema another schema of the same document is equal to.
pub(crate) fn different() -> Vec<&'static Entry> {
    let mut seen = BTreeSet::new();
    let is_first = |entry: &&Entry| {
        let schema = translate::follow(document(entry), entry.pointer);
        seen.insert((entry.document, schema.map(Value::to_string)))
    };
    TABLE.iter().filter(is_first).collect()
}

/// Validates `instances` values of each schema of `entries`.
///
/// Each schema has a sequence of its own, so that the number of threads changes nothing.
pub(crate) fn run(entries: &[&'static Entry], instances: usize, seed: u64) -> Outcome {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |thread: usize| {
        let mut outcome = Outcome::default();
        for entry in entries.iter().skip(thread).step_by(threads) {
            outcome.schema(entry, instances, seed);
        }
        outcome
    };
    // Otherwise each thread would wait for the first one to read them.
    documents();
    let mut all = Outcome {
        schemas: entries.len(),
        ..Outcome::default()
    };
    std::thread::scope(|scope| {
        let share = &share;
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || share(thread))).collect();
        for thread in running {
            let outcome = thread.join().unwrap();
            all.instances += outcome.instances;
            all.valid += outcome.valid;
            all.barren.extend(outcome.barren);
            all.findings.extend(outcome.findings);
        }
    });
    all.barren.sort_unstable();
    all
}

impl Outcome {
    /// Validates values of one schema: every other one made from it, those between made from valid ones by a change;
    /// then what lies around each bound.
    fn schema(&mut self, entry: &Entry, instances: usize, seed: u64) {
        let oracle = Oracle::new(document(entry), entry.pointer);
        let mut random = Random::new(seed, &format!("{}{}", entry.document, entry.pointer));
        let mut valid: Vec<Instance<'_>> = Vec::new();
        let before = self.text;
        let most = if instances < ENOUGH {
            instances * LONG
        } else {
            usize::MAX
        };
        for count in 0..instances {
            if self.text - before > most && !valid.is_empty() {
                break;
            }
            if count % 2 == 1 && !valid.is_empty() {
                let index = random.below(valid.len());
                let value = mutate::mutated(&valid[index], &mut random);
                self.compare(entry, &oracle, &value);
                continue;
            }
            let made = instances::make(oracle.schema(), &mut random);
            if !self.compare(entry, &oracle, &made.value) {
                continue;
            }
            if let Some((value, words)) = extend::extended(&made, &mut random) {
                self.extended(entry, &oracle, &made.value, &value, words);
            }
            // A pool that stays small, and changes.
            if valid.len() < 64 {
                valid.push(made);
            } else {
                let index = random.below(valid.len());
                valid[index] = made;
            }
        }
        // The one with most to it has most to be wrong.
        let fullest = valid.iter().max_by_key(|made| made.places.len());
        for probe in fullest.into_iter().flat_map(mutate::probes).take(instances) {
            if self.text - before > most.saturating_mul(2) {
                break;
            }
            self.compare(entry, &oracle, &probe);
        }
        if valid.is_empty() {
            self.barren.push((entry.document, entry.pointer));
        }
    }

    /// Validates a value, and returns whether the oracle takes it.
    fn compare(&mut self, entry: &Entry, oracle: &Oracle, value: &Json) -> bool {
        let text = value.to_string();
        let reading = (entry.validate)(&text);
        let is_valid = oracle.is_valid(value);
        self.instances += 1;
        self.text += text.len();
        self.valid += usize::from(is_valid);
        match (reading.is_valid(), is_valid) {
            (true, true) if !is_written(&reading, value) => {
                self.find(entry, oracle, Kind::Written, value, reading, "written otherwise");
            }
            (true, false) => self.find(entry, oracle, Kind::Taken, value, reading, ""),
            (false, true) => self.find(entry, oracle, Kind::Refused, value, reading, ""),
            _ => {}
        }
        is_valid
    }

    /// Asks of a value that is valid but for something new to be written as it was read.
    ///
    /// Where the crate does not take the valid one as it is, that was found already.
    fn extended(&mut self, entry: &Entry, oracle: &Oracle, valid: &Json, value: &Json, words: &'static str) {
        let reading = (entry.validate)(&value.to_string());
        if !is_written(&reading, value) && is_written(&(entry.validate)(&valid.to_string()), valid) {
            self.find(entry, oracle, Kind::New, value, reading, words);
        }
    }

    fn find(
        &mut self,
        entry: &Entry,
        oracle: &Oracle,
        kind: Kind,
        value: &Json,
        reading: Reading,
        words: &'static str,
    ) {
        let objections = oracle.objections(value);
        let ours = reading.faults.first().map_or_else(String::new, |fault| {
            let message = fault.message.split(", found").next().unwrap_or_default();
            let message = message.split(" (line").next().unwrap_or_default();
            let message = message.rsplit(": ").next().unwrap_or_default();
            format!(
                "{} {}",
                fault.keyword,
                if fault.keyword == "decode" { message } else { "" }
            )
        });
        let theirs: Vec<&str> = objections.iter().map(|objection| objection.keyword.as_str()).collect();
        let mut finding = Finding {
            entry: *entry,
            kind,
            instance: value.clone(),
            reading,
            known: None,
            words,
            cause: format!(
                "{kind:?} {words}: crate [{}], oracle [{}]",
                ours.trim(),
                theirs.join(" ")
            ),
            objections: objections
                .iter()
                .map(|objection| format!("{}: {}: {}", objection.pointer, objection.keyword, objection.message))
                .collect(),
        };
        let known = KNOWN.iter().find(|known| (known.explains)(&finding));
        finding.known = known.map(|known| known.name);
        let reason = finding.known.unwrap_or_default();
        let key = (entry.document, entry.pointer, format!("{reason} {}", finding.cause));
        let size = |finding: &Finding| finding.instance.to_string().len();
        match self.findings.get_mut(&key) {
            Some((smallest, count)) => {
                *count += 1;
                if size(&finding) < size(smallest) {
                    *smallest = finding;
                }
            }
            None => {
                self.findings.insert(key, (finding, 1));
            }
        }
    }
}

/// Returns whether the value was written as it was read.
fn is_written(reading: &Reading, value: &Json) -> bool {
    let written = reading.written.as_deref();
    let written = written.and_then(|text| apicrate_runtime::from_str::<Json>(text).ok());
    written.is_some_and(|written| written.same(value))
}
