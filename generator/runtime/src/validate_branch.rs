//! Keywords that combine schemas of the same value.

use super::schema::{Keyword, Schema};
use super::validate::{Step, Walk};
use super::validate_marks::Marks;
use super::validate_report::{alternatives, count, found, quoted};
use super::view::View;

impl<'v> Walk<'v> {
    /// `allOf`, `anyOf`, `oneOf`, `not` and `if`
    pub(super) fn branch(&mut self, keyword: &'static Keyword, value: &'v View<'v>, marks: &mut Marks) -> bool {
        match keyword {
            Keyword::AllOf(schemas) => self.all_of(schemas, value, marks),
            Keyword::AnyOf(schemas) => self.any_of(schemas, value, marks),
            Keyword::OneOf(schemas) => self.one_of(schemas, value, marks),
            Keyword::Discriminator {
                property,
                mapping,
                union,
            } => self.discriminator(property, mapping, union, value, marks),
            Keyword::Not(schema) => self.not(schema, value),
            Keyword::If {
                condition,
                then,
                otherwise,
            } => self.conditional(condition, [*then, *otherwise], value, marks),
            _ => true,
        }
    }

    // What follows is apart from the above so that a level of a schema takes little of the stack.

    fn not(&mut self, schema: &'static Schema, value: &'v View<'v>) -> bool {
        // What holds only because a part is unknown may as well not hold.
        let excused = self.excused;
        let holds = !self.judge(schema, value, &mut Marks::off(), "not") || self.excused > excused;
        self.expect(holds, "not", || "fits the schema that it must not fit".to_owned())
    }

    fn conditional(
        &mut self,
        condition: &'static Schema,
        [then, otherwise]: [Option<&'static Schema>; 2],
        value: &'v View<'v>,
        marks: &mut Marks,
    ) -> bool {
        let excused = self.excused;
        let held = self.judge(condition, value, marks, "if");
        if held && self.excused > excused {
            let mut branches = [(then, "then"), (otherwise, "else")].into_iter();
            return branches.any(|(schema, via)| schema.is_none_or(|schema| self.judge(schema, value, marks, via)))
                || self.fail("if", || "fits neither `then` nor `else`".to_owned());
        }
        let (schema, via) = if held { (then, "then") } else { (otherwise, "else") };
        schema.is_none_or(|schema| self.apply_here(schema, value, marks, via))
    }

    fn all_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, marks: &mut Marks) -> bool {
        let mut holds = true;
        for schema in schemas {
            holds &= self.apply_here(schema, value, marks, "allOf");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    /// One branch is enough, unless somebody asks for the marks of all.
    fn any_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, marks: &mut Marks) -> bool {
        let mut holds = false;
        for schema in schemas {
            holds |= self.judge(schema, value, marks, "anyOf");
            if holds && !marks.are_on() {
                break;
            }
        }
        holds || self.fail_all("anyOf", schemas, value)
    }

    fn one_of(&mut self, schemas: &'static [&'static Schema], value: &'v View<'v>, marks: &mut Marks) -> bool {
        let (mut count_held, mut count_excused) = (0, 0);
        let mut held = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let excused = self.excused;
            if !self.judge(schema, value, marks, "oneOf") {
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
            // Of those that hold because a part is unknown, any number may not.
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

    /// A union of which the member `property` chooses the branch
    /// ([OpenAPI 3.1.1 §4.8.25](https://spec.openapis.org/oas/v3.1.1.html#discriminator-object)).
    ///
    /// Where it chooses none, the branches that no value chooses are what the object may be.
    fn discriminator(
        &mut self,
        property: &'static str,
        mapping: &'static [(&'static str, usize)],
        union: &'static Keyword,
        value: &'v View<'v>,
        marks: &mut Marks,
    ) -> bool {
        let (schemas, via, is_one) = match union {
            Keyword::OneOf(schemas) => (*schemas, "oneOf", true),
            Keyword::AnyOf(schemas) => (*schemas, "anyOf", false),
            _ => return true,
        };
        let View::Object(members) = value else {
            return self.branch(union, value, marks);
        };
        let member = members.get(property);
        let chosen = match member {
            Some(View::String(text)) => mapping.iter().find(|(value, _)| value == text),
            _ => None,
        };
        if let Some(schema) = chosen.and_then(|(_, index)| schemas.get(*index)) {
            return self.apply_here(schema, value, marks, via);
        }
        let is_open = |index: &usize| mapping.iter().all(|(_, chosen)| chosen != index);
        let open = (0..schemas.len()).filter(is_open).map(|index| schemas[index]);
        let open: Vec<&'static Schema> = open.collect();
        let held = open
            .iter()
            .filter(|schema| self.judge(schema, value, marks, via))
            .count();
        if held == 1 || (held > 1 && !is_one) {
            return true;
        }
        let branches = if self.reports() {
            let reports = open.iter().map(|schema| self.report_of(schema, value, via));
            reports.collect()
        } else {
            Vec::new()
        };
        self.path.extend(member.map(|_| Step::Member(property)));
        if self.reports() {
            self.note("discriminator", expectation(property, mapping, member), branches);
        }
        if member.is_some() {
            self.path.pop();
        }
        false
    }

    /// Notes that no branch holds, and why each does not.
    fn fail_all(&mut self, keyword: &'static str, schemas: &'static [&'static Schema], value: &'v View<'v>) -> bool {
        if self.reports() {
            let branches = schemas
                .iter()
                .map(|schema| self.report_of(schema, value, keyword))
                .collect();
            self.note(
                keyword,
                format!("none of {} holds", count(schemas.len(), "schema")),
                branches,
            );
        }
        false
    }
}

/// Says which values of the member `property` choose a branch, and what is there.
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
