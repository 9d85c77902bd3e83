//! Keywords that apply subschemas to the same value.

use crate::runtime::schema::keywords::{Keyword, Schema};
use crate::runtime::schema::validate::evaluated::Evaluated;
use crate::runtime::schema::validate::report::{alternatives, count, found, quoted};
use crate::runtime::schema::validate::{PathSegment, Validator};
use crate::runtime::schema::view::View;

impl<'v> Validator<'v> {
    /// `allOf`, `anyOf`, `oneOf`, `not` and `if`
    pub(crate) fn combine(
        &mut self,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        match keyword {
            Keyword::AllOf(schemas) => self.all_of(schemas, value, evaluated),
            Keyword::AnyOf(schemas) => self.any_of(schemas, value, evaluated),
            Keyword::OneOf(schemas) => self.one_of(schemas, value, evaluated),
            Keyword::Discriminator {
                property,
                mapping,
                union,
            } => self.discriminator(property, mapping, union, value, evaluated),
            Keyword::Not(schema) => self.not(schema, value),
            Keyword::If {
                condition,
                then,
                otherwise,
            } => self.conditional(condition, [*then, *otherwise], value, evaluated),
            _ => true,
        }
    }

    // These are separate functions to keep the stack frame of `combine` small.

    fn not(&mut self, schema: &'static Schema, value: &'v View<'v>) -> bool {
        // A value that is valid only because a part is unknown may also be invalid.
        let excused = self.excused;
        let is_valid = !self.check(schema, value, &mut Evaluated::off(), "not") || self.excused > excused;
        self.expect(is_valid, "not", || "is valid against the schema of `not`".to_owned())
    }

    fn conditional(
        &mut self,
        condition: &'static Schema,
        [then, otherwise]: [Option<&'static Schema>; 2],
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let excused = self.excused;
        let held = self.check(condition, value, evaluated, "if");
        if held && self.excused > excused {
            let mut subschemas = [(then, "then"), (otherwise, "else")].into_iter();
            return subschemas
                .any(|(schema, via)| schema.is_none_or(|schema| self.check(schema, value, evaluated, via)))
                || self.fail("if", || "is valid against neither `then` nor `else`".to_owned());
        }
        let (schema, via) = if held { (then, "then") } else { (otherwise, "else") };
        schema.is_none_or(|schema| self.apply_here(schema, value, evaluated, via))
    }

    fn all_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, evaluated: &mut Evaluated) -> bool {
        let mut is_valid = true;
        for schema in schemas {
            is_valid &= self.apply_here(schema, value, evaluated, "allOf");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    /// One valid subschema is enough, unless evaluated parts are tracked.
    fn any_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, evaluated: &mut Evaluated) -> bool {
        let mut is_valid = false;
        for schema in schemas {
            is_valid |= self.check(schema, value, evaluated, "anyOf");
            if is_valid && !evaluated.are_on() {
                break;
            }
        }
        is_valid || self.fail_all("anyOf", schemas, value)
    }

    fn one_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, evaluated: &mut Evaluated) -> bool {
        let (mut count_held, mut count_excused) = (0, 0);
        let mut held = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let excused = self.excused;
            if !self.check(schema, value, evaluated, "oneOf") {
                continue;
            }
            count_held += 1;
            count_excused += usize::from(self.excused > excused);
            if self.reports() {
                held.push(index.to_string());
            } else if count_held - count_excused > 1 {
                return false;
            }
        }
        match count_held {
            1 => true,
            0 => self.fail_all("oneOf", schemas, value),
            // Any of those that are valid because a part is unknown may also be invalid.
            _ if count_held - count_excused <= 1 => true,
            _ => self.fail("oneOf", || {
                let schemas = count(schemas.len(), "schema");
                format!(
                    "expected one of {schemas} to hold, found {count_held}: {}",
                    held.join(", ")
                )
            }),
        }
    }

    /// A union with a discriminator: the property `property` selects the subschema
    /// ([OpenAPI 3.1.1 §4.8.25](https://spec.openapis.org/oas/v3.1.1.html#discriminator-object)).
    ///
    /// If its value is not mapped, the subschemas that are not mapped apply.
    fn discriminator(
        &mut self,
        property: &'static str,
        mapping: &'static [(&'static str, usize)],
        union: &'static Keyword,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let (schemas, via, is_one) = match union {
            Keyword::OneOf(schemas) => (*schemas, "oneOf", true),
            Keyword::AnyOf(schemas) => (*schemas, "anyOf", false),
            _ => return true,
        };
        let View::Object(members) = value else {
            return self.combine(union, value, evaluated);
        };
        let member = members.get(property);
        let chosen = match member {
            Some(View::String(text)) => mapping.iter().find(|(value, _)| value == text),
            _ => None,
        };
        if let Some(schema) = chosen.and_then(|(_, index)| schemas.get(*index)) {
            return self.apply_here(schema, value, evaluated, via);
        }
        let is_open = |index: &usize| mapping.iter().all(|(_, chosen)| chosen != index);
        let open = (0..schemas.len()).filter(is_open).map(|index| schemas[index]);
        let open: Vec<&'static Schema> = open.collect();
        let held = open
            .iter()
            .filter(|schema| self.check(schema, value, evaluated, via))
            .count();
        if held == 1 || (held > 1 && !is_one) {
            return true;
        }
        let subschemas = if self.reports() {
            let reports = open.iter().map(|schema| self.report_of(schema, value, via));
            reports.collect()
        } else {
            Vec::new()
        };
        self.path.extend(member.map(|_| PathSegment::Property(property)));
        if self.reports() {
            self.note("discriminator", expectation(property, mapping, member), subschemas);
        }
        if member.is_some() {
            self.path.pop();
        }
        false
    }

    /// Records that no subschema is valid, with the violations of each.
    fn fail_all(&mut self, keyword: &'static str, schemas: &'static [&'static Schema], value: &'v View<'v>) -> bool {
        if self.reports() {
            let subschemas = schemas
                .iter()
                .map(|schema| self.report_of(schema, value, keyword))
                .collect();
            self.note(
                keyword,
                format!("none of {} holds", count(schemas.len(), "schema")),
                subschemas,
            );
        }
        false
    }
}

/// Describes the expected values of the discriminator, and the actual one.
fn expectation(property: &str, mapping: &[(&str, usize)], member: Option<&View<'_>>) -> String {
    const FEW: usize = 8;
    let more = mapping.len().saturating_sub(FEW);
    let more = (more > 0).then(|| format!("one of {more} more"));
    let known = mapping.iter().take(FEW).map(|(value, _)| quoted(value));
    format!(
        "expected {property:?} to be {}, found {}",
        alternatives(known.chain(more)),
        member.map_or_else(|| "an object without it".to_owned(), found)
    )
}
