//! Keywords that combine schemas of the same value.

use super::schema::{Keyword, Schema};
use super::validate::Walk;
use super::validate_marks::Marks;
use super::validate_report::count;
use super::view::View;

impl<'v> Walk<'v> {
    /// `allOf`, `anyOf`, `oneOf`, `not` and `if`
    pub(super) fn branch(&mut self, keyword: &'static Keyword, value: &'v View<'v>, marks: &mut Marks) -> bool {
        match keyword {
            Keyword::AllOf(schemas) => self.all_of(schemas, value, marks),
            Keyword::AnyOf(schemas) => self.any_of(schemas, value, marks),
            Keyword::OneOf(schemas) => self.one_of(schemas, value, marks),
            Keyword::Not(schema) => {
                // What holds only because a part is unknown may as well not hold.
                let excused = self.excused;
                let holds = !self.judge(schema, value, &mut Marks::off(), "not") || self.excused > excused;
                self.expect(holds, "not", || "fits the schema that it must not fit".to_owned())
            }
            Keyword::If {
                condition,
                then,
                otherwise,
            } => {
                let excused = self.excused;
                let held = self.judge(condition, value, marks, "if");
                if held && self.excused > excused {
                    let mut branches = [(then, "then"), (otherwise, "else")].into_iter();
                    return branches
                        .any(|(schema, via)| schema.is_none_or(|schema| self.judge(schema, value, marks, via)))
                        || self.fail("if", || "fits neither `then` nor `else`".to_owned());
                }
                let (schema, via) = if held { (then, "then") } else { (otherwise, "else") };
                schema.is_none_or(|schema| self.apply_here(schema, value, marks, via))
            }
            _ => true,
        }
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
