//! Validates values against the schemas of the document.
//!
//! Implements [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-validation), with `format` as an
//! assertion. There are two modes: a check, which stops at the first violation, and a report, which collects all
//! violations.

pub(crate) mod array;
pub(crate) mod combine;
pub(crate) mod evaluated;
pub(crate) mod object;
pub(crate) mod report;
pub(crate) mod scalar;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::{Keyword, Schema, Types};
use crate::runtime::schema::validate::evaluated::Evaluated;
use crate::runtime::schema::view::View;

/// A violation of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The JSON Pointer of the invalid part; empty for the value itself.
    pub pointer: String,
    /// The violated keyword; `false` for a schema that allows nothing, and `depth` if the value or the schema is nested
    /// too deep.
    pub keyword: &'static str,
    /// What was expected and what was found.
    pub message: String,
    /// For `anyOf` and `oneOf` without a matching subschema: the violations of each subschema.
    pub subschemas: Vec<Vec<Violation>>,
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
    /// Writes one line, with the first violation of each subschema.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter)?;
        let mut separator = " (";
        for violation in self.subschemas.iter().filter_map(|combine| combine.first()) {
            formatter.write_str(separator)?;
            violation.write(formatter)?;
            separator = "; ";
        }
        formatter.write_str(if separator == "; " { ")" } else { "" })
    }
}

impl std::error::Error for Violation {}

impl Schema {
    /// Validates `value`, and returns all violations. Returns none if it is valid.
    ///
    /// A report ends after a thousand violations, including those of subschemas.
    #[must_use]
    pub fn validate(&self, value: &Json) -> Vec<Violation> {
        self.report(&View::of(value), false)
    }

    /// Validates `value` as part of a request, and returns all violations. Required properties that are `readOnly` are
    /// only required in responses ([OpenAPI 3.0.4
    /// §4.7.24.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-20)).
    #[must_use]
    pub fn validate_request(&self, value: &Json) -> Vec<Violation> {
        self.report(&View::of(value), true)
    }

    /// Returns whether `value` is valid.
    #[must_use]
    pub fn is_valid(&self, value: &Json) -> bool {
        self.is_valid_view(&View::of(value), false)
    }

    pub(crate) fn report(&self, value: &View<'_>, is_request: bool) -> Vec<Violation> {
        let mut validator = Validator::new(is_request);
        if validator.is_valid_value(self, value) {
            return Vec::new();
        }
        validator.report = Some(Vec::new());
        validator.apply(self, value, &mut Evaluated::off(), "false");
        let mut violations = validator.report.unwrap_or_default();
        violations.extend(validator.cut);
        violations
    }

    pub(crate) fn is_valid_view(&self, value: &View<'_>, is_request: bool) -> bool {
        Validator::new(is_request).is_valid_value(self, value)
    }
}

/// The maximum nesting depth of a value.
pub(crate) const DEEPEST_VALUE: usize = 200;
/// The maximum nesting depth of schemas during the validation of a value, from its root.
const DEEPEST_SCHEMA: usize = 800;

/// The state of a validation.
pub(crate) struct Validator<'v> {
    /// The path from the root of the value to the current part.
    pub(crate) path: Vec<PathSegment<'v>>,
    /// Whether the value is part of a request.
    pub(crate) is_request: bool,
    /// The violations, if they are reported.
    pub(crate) report: Option<Vec<Violation>>,
    /// The number of violations found, including duplicates.
    pub(crate) found: usize,
    /// The violation if the nesting is too deep. Then the value is invalid, regardless of the outer schemas.
    pub(crate) cut: Option<Violation>,
    /// The number of schemas that were accepted because the value is unknown.
    pub(crate) excused: usize,
    /// The current nesting depth of schemas.
    depth: usize,
    /// The nesting depth at which the current part was entered.
    entered: usize,
    /// The cached results.
    memory: BTreeMap<Visit, Remembered>,
    /// The addresses of the [`Keyword::Once`] keywords that are being applied, each with the address of its value.
    asked: Vec<(usize, usize)>,
}

/// The addresses of a schema and a value, whether evaluated parts are tracked, and the keywords that are not applied
/// again to the value.
type Visit = (usize, usize, bool, Vec<usize>);

/// A result, the evaluated parts, and whether the result depends on an unknown value.
struct Remembered {
    is_valid: bool,
    evaluated: Evaluated,
    is_excused: bool,
}

/// A segment of a path into a value.
#[derive(Clone, Copy)]
pub(crate) enum PathSegment<'v> {
    /// A property.
    Property(&'v str),
    /// An element.
    Element(usize),
}

impl<'v> Validator<'v> {
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

    /// Returns whether `value` is valid against `schema`.
    fn is_valid_value(&mut self, schema: &Schema, value: &'v View<'v>) -> bool {
        self.apply(schema, value, &mut Evaluated::off(), "false") && self.cut.is_none()
    }

    /// Applies `schema` to `value` at the current path. `via` is the keyword that applies the schema; `evaluated` are
    /// the evaluated parts of this schema alone.
    fn apply(&mut self, schema: &Schema, value: &'v View<'v>, evaluated: &mut Evaluated, via: &'static str) -> bool {
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
        let visit = self.visit(schema, value, evaluated);
        if let Some(is_valid) = self.recall(visit.as_ref(), evaluated) {
            return is_valid;
        }
        let excused = self.excused;
        self.depth += 1;
        let is_valid = self.apply_keywords(schema, value, evaluated, via);
        self.depth -= 1;
        self.remember(visit, is_valid, evaluated, self.excused > excused);
        is_valid
    }

    /// Returns the key for caching the result, if it is to be cached.
    ///
    /// Two subschemas may both apply to the properties of a value, and so on in each level: without a cache the work
    /// doubles with each level. Near the root the cache would cost more than it saves.
    fn visit(&self, schema: &Schema, value: &View<'_>, evaluated: &Evaluated) -> Option<Visit> {
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
            (schema, value, evaluated.are_on(), asked)
        })
    }

    /// Returns the cached result, with its evaluated parts. A report cannot use a cached failure, since it needs the
    /// violations.
    fn recall(&mut self, visit: Option<&Visit>, evaluated: &mut Evaluated) -> Option<bool> {
        let remembered = self.memory.get(visit?)?;
        if !remembered.is_valid && self.reports() {
            return None;
        }
        evaluated.merge(&remembered.evaluated);
        self.excused += usize::from(remembered.is_excused);
        Some(remembered.is_valid)
    }

    fn remember(&mut self, visit: Option<Visit>, is_valid: bool, evaluated: &Evaluated, is_excused: bool) {
        if let (Some(visit), None) = (visit, &self.cut) {
            let evaluated = evaluated.clone();
            let remembered = Remembered {
                is_valid,
                evaluated,
                is_excused,
            };
            self.memory.insert(visit, remembered);
        }
    }

    /// Applies each keyword. The `unevaluated…` keywords are last, and only apply if all others are valid, since a
    /// failed schema evaluates nothing.
    fn apply_keywords(
        &mut self,
        schema: &Schema,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
        via: &'static str,
    ) -> bool {
        let asks = schema.0.iter().any(is_late);
        if asks {
            evaluated.turn_on(value);
        }
        let mut is_valid = true;
        for keyword in schema.0 {
            if !is_late(keyword) && !self.keyword(schema, keyword, value, evaluated, via) {
                is_valid = false;
                if !self.reports() {
                    return false;
                }
            }
        }
        if asks && is_valid {
            for keyword in schema.0 {
                is_valid &= !is_late(keyword) || self.keyword(schema, keyword, value, evaluated, via);
            }
        }
        is_valid
    }

    fn keyword(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
        via: &'static str,
    ) -> bool {
        match keyword {
            Keyword::Never => self.fail(via, || "nothing is allowed here".to_owned()),
            Keyword::Reference(target) => self.apply_here(target, value, evaluated, via),
            Keyword::Type(_) | Keyword::Enum(_) | Keyword::Const(_) => self.scalar(keyword, value),
            Keyword::ArrayOf(items) => self.array_of(Types::ARRAY, items, value, evaluated),
            Keyword::ArrayOrNullOf(items) => self.array_of(Types::ARRAY.or(Types::NULL), items, value, evaluated),
            Keyword::Once(only) => self.once(schema, only, value, evaluated, via),
            Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::OneOf(_)
            | Keyword::Discriminator { .. }
            | Keyword::Not(_)
            | Keyword::If { .. } => self.combine(keyword, value, evaluated),
            _ => match value {
                View::Null | View::Bool(_) | View::Unknown(_) | View::Deep(_) => true,
                View::Number(number) => self.number(keyword, number),
                View::String(text) => self.text(keyword, text),
                View::Array(elements) => self.array(schema, keyword, elements, evaluated),
                View::Object(members) => self.object(schema, keyword, value, members, evaluated),
            },
        }
    }

    /// Applies a keyword whose schemas refer back to it, but not recursively within itself.
    fn once(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
        via: &'static str,
    ) -> bool {
        let asked = (std::ptr::from_ref(keyword).addr(), std::ptr::from_ref(value).addr());
        if self.asked.contains(&asked) {
            return true;
        }
        self.asked.push(asked);
        let is_valid = self.keyword(schema, keyword, value, evaluated, via);
        self.asked.pop();
        is_valid
    }

    /// Applies `schema` to the same value. Its evaluated parts count if it is valid.
    pub(crate) fn apply_here(
        &mut self,
        schema: &'static Schema,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
        via: &'static str,
    ) -> bool {
        let mut own = evaluated.fresh();
        let is_valid = self.apply(schema, value, &mut own, via);
        if is_valid {
            evaluated.merge(&own);
        }
        is_valid
    }

    /// Applies `schema` to a property or an element.
    pub(crate) fn apply_at(
        &mut self,
        step: PathSegment<'v>,
        schema: &'static Schema,
        value: &'v View<'v>,
        via: &'static str,
    ) -> bool {
        self.path.push(step);
        let entered = std::mem::replace(&mut self.entered, self.depth);
        let is_valid = self.apply(schema, value, &mut Evaluated::off(), via);
        self.entered = entered;
        self.path.pop();
        is_valid
    }

    /// Applies `schema` to the name of a property.
    pub(crate) fn apply_to_name(&mut self, name: &'v str, schema: &'static Schema, via: &'static str) -> bool {
        let text = View::String(Cow::Borrowed(name));
        // It has its own cache, since the next name may have the same address.
        let mut validator = Validator {
            depth: self.depth,
            entered: self.depth,
            found: self.found,
            ..Validator::new(self.is_request)
        };
        validator.report = self.reports().then(Vec::new);
        let is_valid = validator.apply(schema, &text, &mut Evaluated::off(), via);
        self.path.push(PathSegment::Property(name));
        for violation in validator.report.into_iter().flatten() {
            self.note(
                via,
                format!("the property name: {}", violation.message),
                violation.subschemas,
            );
        }
        let is_valid = if validator.cut.is_some() {
            self.give_up()
        } else {
            is_valid
        };
        self.path.pop();
        is_valid
    }
}

/// Returns whether the keyword depends on the parts that others evaluated.
fn is_late(keyword: &Keyword) -> bool {
    matches!(
        keyword,
        Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_)
    )
}
