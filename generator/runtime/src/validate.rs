//! Judges values by the schemas of the document.
//!
//! The rules are those of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-validation),
//! with `format` asserted. One walk over schema and value serves two ends: a
//! verdict, which ends at the first keyword that fails, and a report, which goes on.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::json::Json;
use super::schema::{Keyword, Schema};
use super::validate_marks::Marks;
use super::view::View;

/// One way in which a value breaks its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where in the value, as a JSON Pointer; empty for the value itself.
    pub pointer: String,
    /// The keyword that does not hold; `false` for a schema that allows nothing,
    /// and `depth` where the value or the schema nests too deep to be judged.
    pub keyword: &'static str,
    /// What was expected and what was found.
    pub message: String,
    /// For `anyOf` and `oneOf` of which no branch holds: what each branch says.
    pub branches: Vec<Vec<Violation>>,
}

impl Violation {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(formatter, "{}: ", self.pointer)?;
        }
        formatter.write_str(&self.message)
    }
}

impl fmt::Display for Violation {
    /// Writes one line, with the first violation of each branch.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter)?;
        let mut separator = " (";
        for violation in self.branches.iter().filter_map(|branch| branch.first()) {
            formatter.write_str(separator)?;
            violation.write(formatter)?;
            separator = "; ";
        }
        formatter.write_str(if separator == "; " { ")" } else { "" })
    }
}

impl std::error::Error for Violation {}

impl Schema {
    /// Returns all that `value` breaks of the schema; nothing when it is valid.
    ///
    /// A report ends after a thousand violations, those of branches included.
    #[must_use]
    pub fn validate(&self, value: &Json) -> Vec<Violation> {
        self.report(&View::of(value), false)
    }

    /// Returns all that `value`, in a request, breaks of the schema: members that are
    /// `readOnly` and required are so in replies alone
    /// ([OpenAPI 3.0.4 §4.7.24.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-20)).
    #[must_use]
    pub fn validate_request(&self, value: &Json) -> Vec<Violation> {
        self.report(&View::of(value), true)
    }

    /// Returns whether `value` holds to the schema.
    #[must_use]
    pub fn is_valid(&self, value: &Json) -> bool {
        self.holds(&View::of(value), false)
    }

    pub(super) fn report(&self, value: &View<'_>, is_request: bool) -> Vec<Violation> {
        let mut walk = Walk::new(is_request);
        if walk.judges(self, value) {
            return Vec::new();
        }
        walk.report = Some(Vec::new());
        walk.apply(self, value, &mut Marks::off(), "false");
        let mut violations = walk.report.unwrap_or_default();
        violations.extend(walk.cut);
        violations
    }

    pub(super) fn holds(&self, value: &View<'_>, is_request: bool) -> bool {
        Walk::new(is_request).judges(self, value)
    }
}

/// How deep a value may nest.
pub(super) const DEEPEST_VALUE: usize = 200;
/// How deep schemas may nest while one value is judged, from its root on.
const DEEPEST_SCHEMA: usize = 800;

/// A walk over a schema and a value.
pub(super) struct Walk<'v> {
    /// From the root of the value to where the walk stands.
    pub(super) path: Vec<Step<'v>>,
    /// Whether the value is part of a request.
    pub(super) is_request: bool,
    /// The violations, where the walk is to report and not only to judge.
    pub(super) report: Option<Vec<Violation>>,
    /// How many violations have been found for reports, kept or not.
    pub(super) found: usize,
    /// Where the walk went too deep. It leaves the verdict open, so the value
    /// counts as invalid whatever the schemas around make of it.
    pub(super) cut: Option<Violation>,
    /// How many times a schema was said to hold because the value is unknown.
    pub(super) excused: usize,
    /// How many schemas are being applied.
    depth: usize,
    /// How many were when the walk came to where it stands.
    entered: usize,
    /// Verdicts.
    memory: BTreeMap<Visit, Verdict>,
    /// The keywords under [`Keyword::Once`] that are being asked, each with its value, by their addresses.
    asked: Vec<(usize, usize)>,
}

/// A schema and a value by their addresses, whether marks were asked for, and the
/// keywords that are not asked again of the value.
type Visit = (usize, usize, bool, Vec<usize>);

/// A verdict, the marks that go with it, and whether it rests on a value that is unknown.
struct Verdict {
    holds: bool,
    marks: Marks,
    is_excused: bool,
}

/// A step into a value.
#[derive(Clone, Copy)]
pub(super) enum Step<'v> {
    /// To a member.
    Member(&'v str),
    /// To an element.
    Element(usize),
}

impl<'v> Walk<'v> {
    fn new(is_request: bool) -> Self {
        Self {
            path: Vec::new(),
            is_request,
            report: None,
            found: 0,
            cut: None,
            excused: 0,
            depth: 0,
            entered: 0,
            memory: BTreeMap::new(),
            asked: Vec::new(),
        }
    }

    /// Returns whether `value` holds to `schema`, from the start of the walk.
    fn judges(&mut self, schema: &Schema, value: &'v View<'v>) -> bool {
        self.apply(schema, value, &mut Marks::off(), "false") && self.cut.is_none()
    }

    /// Applies `schema` to `value`, where the walk stands. `via` is the keyword
    /// that asks for it; `marks` are those of this schema alone.
    fn apply(&mut self, schema: &Schema, value: &'v View<'v>, marks: &mut Marks, via: &'static str) -> bool {
        if self.cut.is_some() {
            return false;
        }
        if self.depth == DEEPEST_SCHEMA || self.path.len() > DEEPEST_VALUE {
            return self.give_up();
        }
        if let View::Unknown(_) = value {
            self.excused += 1;
            return true;
        }
        let visit = self.visit(schema, value, marks);
        if let Some(holds) = self.recall(visit.as_ref(), marks) {
            return holds;
        }
        let excused = self.excused;
        self.depth += 1;
        let holds = self.hold(schema, value, marks, via);
        self.depth -= 1;
        self.remember(visit, holds, marks, self.excused > excused);
        holds
    }

    /// Returns under which key to remember the verdict on `value`, if at all.
    ///
    /// Two branches of a schema may both lead to the members of a value, and both
    /// branches of their schema to the members of those: without a memory the
    /// work doubles with each level. Near the root that is little, and keeping
    /// books would cost more.
    fn visit(&self, schema: &Schema, value: &View<'_>, marks: &Marks) -> Option<Visit> {
        const SHALLOW: usize = 8;
        const LONG_CHAIN: usize = 6;
        let nests = matches!(value, View::Array(_) | View::Object(_));
        let again = (nests && self.depth >= SHALLOW) || self.depth - self.entered >= LONG_CHAIN;
        let schema = std::ptr::from_ref(schema).addr();
        let value = std::ptr::from_ref(value).addr();
        again.then(|| {
            let asked = self.asked.iter().filter(|(_, of)| *of == value);
            let mut asked: Vec<usize> = asked.map(|(keyword, _)| *keyword).collect();
            asked.sort_unstable();
            (schema, value, marks.are_on(), asked)
        })
    }

    /// Returns the verdict of an earlier visit, with its marks. One against the
    /// value is no use to a report, which has to say why.
    fn recall(&mut self, visit: Option<&Visit>, marks: &mut Marks) -> Option<bool> {
        let verdict = self.memory.get(visit?)?;
        if !verdict.holds && self.reports() {
            return None;
        }
        marks.merge(&verdict.marks);
        self.excused += usize::from(verdict.is_excused);
        Some(verdict.holds)
    }

    fn remember(&mut self, visit: Option<Visit>, holds: bool, marks: &Marks, is_excused: bool) {
        if let (Some(visit), None) = (visit, &self.cut) {
            let marks = marks.clone();
            let verdict = Verdict {
                holds,
                marks,
                is_excused,
            };
            self.memory.insert(visit, verdict);
        }
    }

    /// Judges by each keyword; by the `unevaluated` ones last, and only when
    /// all others hold, since a schema that fails marks nothing.
    fn hold(&mut self, schema: &Schema, value: &'v View<'v>, marks: &mut Marks, via: &'static str) -> bool {
        let asks = schema.0.iter().any(is_late);
        if asks {
            marks.turn_on(value);
        }
        let mut holds = true;
        for keyword in schema.0 {
            if !is_late(keyword) && !self.keyword(schema, keyword, value, marks, via) {
                holds = false;
                if !self.reports() {
                    return false;
                }
            }
        }
        if asks && holds {
            for keyword in schema.0 {
                holds &= !is_late(keyword) || self.keyword(schema, keyword, value, marks, via);
            }
        }
        holds
    }

    fn keyword(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        marks: &mut Marks,
        via: &'static str,
    ) -> bool {
        match keyword {
            Keyword::Never => self.fail(via, || "nothing is allowed here".to_owned()),
            Keyword::Reference(target) => self.apply_here(target, value, marks, via),
            Keyword::Type(_) | Keyword::Enum(_) | Keyword::Const(_) => self.plain(keyword, value),
            Keyword::Once(only) => self.once(schema, only, value, marks, via),
            Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::OneOf(_)
            | Keyword::Discriminator { .. }
            | Keyword::Not(_)
            | Keyword::If { .. } => self.branch(keyword, value, marks),
            _ => match value {
                View::Null | View::Bool(_) | View::Unknown(_) | View::Deep(_) => true,
                View::Number(number) => self.number(keyword, number),
                View::String(text) => self.text(keyword, text),
                View::Array(elements) => self.array(schema, keyword, elements, marks),
                View::Object(members) => self.object(schema, keyword, value, members, marks),
            },
        }
    }

    /// Asks a keyword that leads back to itself, but not within itself: a child that has all of its parent does not
    /// have to be one of the parent's children again.
    fn once(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        marks: &mut Marks,
        via: &'static str,
    ) -> bool {
        let asked = (std::ptr::from_ref(keyword).addr(), std::ptr::from_ref(value).addr());
        if self.asked.contains(&asked) {
            return true;
        }
        self.asked.push(asked);
        let holds = self.keyword(schema, keyword, value, marks, via);
        self.asked.pop();
        holds
    }

    /// Applies `schema` to the same value; what it marks counts when it holds.
    pub(super) fn apply_here(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        marks: &mut Marks,
        via: &'static str,
    ) -> bool {
        let mut own = marks.fresh();
        let holds = self.apply(schema, value, &mut own, via);
        if holds {
            marks.merge(&own);
        }
        holds
    }

    /// Applies `schema` to a member or an element.
    pub(super) fn apply_at(
        &mut self,
        step: Step<'v>,
        schema: &'static Schema,
        value: &'v View<'v>,
        via: &'static str,
    ) -> bool {
        self.path.push(step);
        let entered = std::mem::replace(&mut self.entered, self.depth);
        let holds = self.apply(schema, value, &mut Marks::off(), via);
        self.entered = entered;
        self.path.pop();
        holds
    }

    /// Applies `schema` to the name of a member, as if it were a string in its place.
    pub(super) fn apply_to_name(&mut self, name: &'v str, schema: &'static Schema, via: &'static str) -> bool {
        let text = View::String(Cow::Borrowed(name));
        // Its memory is its own: the next name may come to stand at the same address.
        let mut walk = Walk {
            depth: self.depth,
            entered: self.depth,
            found: self.found,
            ..Walk::new(self.is_request)
        };
        walk.report = self.reports().then(Vec::new);
        let holds = walk.apply(schema, &text, &mut Marks::off(), via);
        self.path.push(Step::Member(name));
        for violation in walk.report.into_iter().flatten() {
            self.note(
                via,
                format!("the name of the member: {}", violation.message),
                violation.branches,
            );
        }
        let holds = if walk.cut.is_some() { self.give_up() } else { holds };
        self.path.pop();
        holds
    }
}

/// Returns whether the keyword has to know what the others have judged.
fn is_late(keyword: &Keyword) -> bool {
    matches!(
        keyword,
        Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_)
    )
}
