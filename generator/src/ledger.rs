//! The ledger: what became of every key of the document.
//!
//! Nothing is dropped in silence. Each key is used, ignored for a reason that
//! the grammar gives, degraded by a stage that could not express it, or refused
//! because no object of the specification has it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostics, Severity};
use crate::document::{Fate, KeyUsage, Node, pointers};
use crate::lower::Degraded;
use crate::source::Pointer;

/// The first line of a ledger.
pub const TITLE: &str = "pointer\tkeyword\tusage\treason";

/// Why a text is ignored.
const NOWHERE: &str = "no item of the crate has it in its documentation";

/// What became of every key of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// Every key that is not used, in order.
    rows: BTreeSet<Row>,
    /// How many keys are used.
    used: usize,
    /// What is degraded and has no diagnostic.
    unreported: Vec<Unreported>,
}

/// What is degraded for one reason, and has no diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreported {
    /// The reason.
    pub reason: String,
    /// How many keys there are.
    pub count: usize,
    /// The first of them that was found.
    pub first: Pointer,
}

/// What became of one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    pointer: String,
    keyword: String,
    usage: &'static str,
    reason: String,
}

impl Ledger {
    /// Goes through `document`, of which `texts` are the crate's documentation; `degraded` is what the stages could not
    /// express, beside what `diagnostics` tell of.
    #[must_use]
    pub fn of(document: &Node, texts: &BTreeSet<&str>, degraded: &[Degraded], diagnostics: &Diagnostics) -> Self {
        let account = KeyUsage::of(document);
        let rows = account.keys.into_iter().map(|key| {
            let (usage, reason) = match key.fate {
                Fate::Ignored(reason) => ("ignored", reason),
                Fate::Refused(reason) => ("refused", reason),
            };
            Row {
                pointer: key.at.to_string(),
                keyword: key.name.into_owned(),
                usage,
                reason: reason.to_owned(),
            }
        });
        let mut ledger = Self {
            rows: rows.collect(),
            used: account.used,
            unreported: Vec::new(),
        };
        for (at, keyword, text) in account.texts {
            let text = text.trim();
            if !text.is_empty() && !texts.contains(text) {
                ledger.take(at.to_string(), keyword.to_owned(), "ignored", NOWHERE.to_owned());
            }
        }
        let wanted = degraded.iter().map(|degraded| degraded.origin).collect();
        let found = pointers(document, &wanted);
        for degraded in degraded {
            let place = found.get(&degraded.origin);
            let pointer = place.map(ToString::to_string).unwrap_or_default();
            let keyword = degraded.keyword.clone();
            let usage = if degraded.is_ignored { "ignored" } else { "degraded" };
            let is_new = ledger.take(pointer, keyword, usage, degraded.reason.clone());
            if is_new && !degraded.is_ignored {
                let place = place.cloned().unwrap_or_default();
                ledger.note(&degraded.reason, place.child(&degraded.keyword));
            }
        }
        // The most frequent first.
        ledger.unreported.sort_by_key(|unreported| Reverse(unreported.count));
        let reported = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Degraded);
        for diagnostic in reported {
            let (holder, keyword) = diagnostic.pointer.split().unwrap_or_default();
            ledger.take(holder.to_string(), keyword, "degraded", diagnostic.message.clone());
        }
        ledger
    }

    /// Returns how many keys there are of each result.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<&'static str, usize> {
        let mut totals = BTreeMap::from([("used", self.used), ("ignored", 0), ("degraded", 0), ("refused", 0)]);
        for row in &self.rows {
            *totals.entry(row.usage).or_default() += 1;
        }
        totals
    }

    /// Returns every key that is not used as tab-separated text, sorted.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut text = format!("{TITLE}\n");
        let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        for row in &self.rows {
            let (pointer, keyword, reason) = (plain(&row.pointer), plain(&row.keyword), plain(&row.reason));
            let _ = writeln!(text, "{pointer}\t{keyword}\t{}\t{reason}", row.usage);
        }
        text
    }

    /// Returns what is degraded and has no diagnostic, by reason, the most frequent first.
    #[must_use]
    pub fn unreported(&self) -> &[Unreported] {
        &self.unreported
    }

    /// Counts a key that is degraded without a diagnostic.
    fn note(&mut self, reason: &str, place: Pointer) {
        if let Some(known) = self
            .unreported
            .iter_mut()
            .find(|unreported| unreported.reason == reason)
        {
            known.count += 1;
            return;
        }
        self.unreported.push(Unreported {
            reason: reason.to_owned(),
            count: 1,
            first: place,
        });
    }

    /// Takes a key from those that are used, and returns whether it had no such line.
    fn take(&mut self, pointer: String, keyword: String, usage: &'static str, reason: String) -> bool {
        let row = Row {
            pointer,
            keyword,
            usage,
            reason,
        };
        let is_new = self.rows.insert(row);
        if is_new {
            self.used = self.used.saturating_sub(1);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::{Input, Options, Run, Strictness, generate};

    /// A document that is expressed in part, and has no fault.
    const IN_PART: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /cats:
    get:
      parameters: [{name: where, in: query, content: {application/xml: {}}}]
      responses: {'204': {description: Found.}}
    post:
      requestBody: {content: {multipart/form-data: {schema: {type: array}}}}
      responses: {'204': {description: Added.}}
    put:
      parameters: [{name: size, in: query, style: label, schema: {type: string}}]
      responses: {'204': {description: Put.}}
components:
  schemas:
    Place: {type: object, patternProperties: {'^s': {type: string}, '^n': {type: number}}}
    Name: {type: string, pattern: '('}
";

    /// A document with faults that have a safe reading.
    const FAULTY: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  toys:
    get: {responses: {'204': {description: Found.}}}
  /pets:
    get:
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses: {'204': {description: Found.}}
components:
  schemas:
    Name: {type: object, properties: {first: {type: string, minLength: long, maxLength: 4}}}
    Toys: {type: array, items: 3}
";

    fn run(text: &str, strictness: Strictness) -> Run {
        let mut options = Options::new("pets");
        options.strictness = strictness;
        let input = Input {
            name: "pets.yaml",
            text,
            overlays: &[],
        };
        generate(&input, &options)
    }

    /// Returns the pointer and the keyword of each line of the ledger that says `degraded`.
    fn degraded(run: &Run) -> Vec<String> {
        let tsv = run.output.as_ref().unwrap().ledger.to_tsv();
        let rows = tsv.lines().filter(|line| line.split('\t').nth(2) == Some("degraded"));
        rows.map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn what_is_expressed_in_part_has_a_line() {
        let usual = run(IN_PART, Strictness::Usual);
        assert_eq!(
            degraded(&usual),
            [
                "/components/schemas/Name pattern",
                "/components/schemas/Place patternProperties",
                "/paths/~1cats post",
                "/paths/~1cats put",
                "/paths/~1cats/get/parameters/0 content",
                "/paths/~1cats/put/parameters 0",
            ]
        );
    }

    #[test]
    fn what_has_no_diagnostic_is_counted_by_its_reason() {
        let text = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      parameters:
        - {name: X-A, in: header, allowReserved: true, schema: {type: string}}
        - {name: X-B, in: header, allowReserved: true, schema: {type: string}}
        - {name: where, in: query, content: {application/xml: {}}}
        - {name: order, in: query, content: {text/plain: {}, application/json: {}}}
      responses: {'204': {description: Found.}}
";
        let run = run(text, Strictness::Usual);
        let ledger = &run.output.as_ref().unwrap().ledger;
        let unreported = ledger.unreported().iter();
        let unreported: Vec<_> = unreported
            .map(|unreported| {
                (
                    unreported.count,
                    unreported.reason.as_str(),
                    unreported.first.to_string(),
                )
            })
            .collect();
        // A diagnostic tells of `where`.
        assert_eq!(
            unreported,
            [
                (
                    2,
                    "it only applies to query parameters",
                    "/paths/~1pets/get/parameters/0/allowReserved".to_owned()
                ),
                (
                    1,
                    "only one of several media types is used",
                    "/paths/~1pets/get/parameters/3/content".to_owned()
                ),
            ]
        );
        assert_eq!(ledger.totals()["degraded"], 4);
    }

    #[test]
    fn what_has_nothing_to_say_is_ignored() {
        const SAID_TWICE: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    post:
      requestBody:
        content:
          application/json: {schema: {type: object}, encoding: {name: {contentType: text/plain}}}
          application/xml: {schema: {type: object}}
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {name: {type: string}}}
            encoding:
              name: {style: form, contentType: text/plain, headers: {X-A: {schema: {type: string}}}}
              size: {style: form}
              toys: {contentType: text/plain}
      responses:
        '200':
          description: Added.
          content: {application/json: {schema: {type: object}, encoding: {name: {contentType: text/plain}}}}
";
        // Only what names nothing of the schema is lost.
        assert!(run(SAID_TWICE, Strictness::Strict).output.is_none());
        let text = SAID_TWICE
            .replace("              size: {style: form}\n", "")
            .replace("              toys: {contentType: text/plain}\n", "");
        let strict = run(&text, Strictness::Strict);
        let tsv = strict.output.as_ref().unwrap().ledger.to_tsv();
        for (pointer, keyword) in [
            ("requestBody/content", "application/xml"),
            ("requestBody/content/application~1json", "encoding"),
            (
                "requestBody/content/application~1x-www-form-urlencoded/encoding/name",
                "contentType",
            ),
            (
                "requestBody/content/application~1x-www-form-urlencoded/encoding/name",
                "headers",
            ),
            ("responses/200/content/application~1json", "encoding"),
        ] {
            let row = format!("/paths/~1pets/post/{pointer}\t{keyword}\tignored\t");
            assert!(tsv.contains(&row), "{row}\n{tsv}");
        }
    }

    #[test]
    fn the_extensions_of_others_are_ignored() {
        const DATADOG: &str = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      x-pagination: {limitParam: count, pageOffsetParam: start, resultsPath: data}
      responses: {'200': {description: Pets.}}
";
        let tsv = run(DATADOG, Strictness::Strict).output.unwrap().ledger.to_tsv();
        assert!(
            tsv.contains("/paths/~1pets/get\tx-pagination\tignored\tit is not the x-pagination"),
            "{tsv}"
        );
    }

    #[test]
    fn a_strict_run_reports_each_fault_once() {
        let strict = run(IN_PART, Strictness::Strict);
        assert!(strict.output.is_none());
        let mut codes: Vec<_> = strict.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        codes.sort_unstable();
        assert_eq!(
            codes,
            [
                "not-supported",
                "operation-skipped",
                "parameter-skipped",
                "pattern-syntax",
                "unreadable"
            ]
        );
        assert!(
            strict
                .diagnostics
                .iter()
                .all(|diagnostic| diagnostic.severity == Severity::Error)
        );
    }

    #[test]
    fn what_leniency_costs_has_a_line() {
        assert!(run(FAULTY, Strictness::Usual).output.is_none());
        let lenient = run(FAULTY, Strictness::Lenient);
        assert_eq!(
            degraded(&lenient),
            [
                "/components/schemas/Name/properties/first minLength",
                "/components/schemas/Toys items",
                "/paths toys",
                "/paths/~1pets get",
                "/paths/~1pets/get/parameters/0 $ref",
            ]
        );
        let files = &lenient.output.as_ref().unwrap().files;
        assert!(files["src/schemas/name.rs"].contains("MaxLength(4)"));
        assert!(!files["src/schemas/name.rs"].contains("MinLength"));
    }
}
