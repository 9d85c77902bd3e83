//! Keywords of objects.

use super::schema::{Keyword, Pattern, Schema};
use super::validate::{Step, Walk};
use super::validate_marks::Marks;
use super::validate_report::count;
use super::view::{Members, View};

impl<'v> Walk<'v> {
    /// The keywords of objects; `members` are those of `value`.
    pub(super) fn object(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        members: &'v Members<'v>,
        marks: &mut Marks,
    ) -> bool {
        match keyword {
            Keyword::Properties(schemas) => self.properties(schemas, members, marks),
            Keyword::PatternProperties(schemas) => self.pattern_properties(schemas, members, marks),
            Keyword::AdditionalProperties(rest) => self.additional_properties(schema, rest, members, marks),
            Keyword::UnevaluatedProperties(rest) => self.unevaluated_properties(rest, members, marks),
            Keyword::PropertyNames(names) => self.property_names(names, members),
            Keyword::DependentSchemas(schemas) => self.dependent_schemas(schemas, value, members, marks),
            Keyword::Required(names) => self.required(names, members, None),
            Keyword::RequiredInReplies(names) => self.is_request || self.required(names, members, None),
            Keyword::DependentRequired(lists) => self.dependent_required(lists, members),
            Keyword::MinProperties(least) => self.expect(*least <= size(members), "minProperties", || {
                format!("expected at least {}, found {}", count(*least, "member"), members.len())
            }),
            Keyword::MaxProperties(most) => self.expect(size(members) <= *most, "maxProperties", || {
                format!("expected at most {}, found {}", count(*most, "member"), members.len())
            }),
            _ => true,
        }
    }

    fn properties(
        &mut self,
        schemas: &'static [(&'static str, &'static Schema)],
        members: &'v Members<'v>,
        marks: &mut Marks,
    ) -> bool {
        let mut holds = true;
        for (index, (name, value)) in members.iter().enumerate() {
            let Some((_, schema)) = schemas.iter().find(|(known, _)| *known == name) else {
                continue;
            };
            marks.set(index);
            holds &= self.apply_at(Step::Member(name), schema, value, "properties");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    fn pattern_properties(
        &mut self,
        schemas: &'static [(Pattern, &'static Schema)],
        members: &'v Members<'v>,
        marks: &mut Marks,
    ) -> bool {
        let mut holds = true;
        for (index, (name, value)) in members.iter().enumerate() {
            for (_, schema) in schemas.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                marks.set(index);
                holds &= self.apply_at(Step::Member(name), schema, value, "patternProperties");
                if !holds && !self.reports() {
                    return false;
                }
            }
        }
        holds
    }

    /// Judges the members that the siblings in `schema` do not name.
    fn additional_properties(
        &mut self,
        schema: &Schema,
        rest: &'static Schema,
        members: &'v Members<'v>,
        marks: &mut Marks,
    ) -> bool {
        let mut holds = true;
        for (index, (name, value)) in members.iter().enumerate() {
            if names(schema, name) {
                continue;
            }
            marks.set(index);
            holds &= self.apply_at(Step::Member(name), rest, value, "additionalProperties");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    /// Judges the members that no sibling has judged, nor a schema that a sibling refers to.
    fn unevaluated_properties(&mut self, rest: &'static Schema, members: &'v Members<'v>, marks: &mut Marks) -> bool {
        let mut holds = true;
        for (index, (name, value)) in members.iter().enumerate() {
            if marks.has(index) {
                continue;
            }
            marks.set(index);
            holds &= self.apply_at(Step::Member(name), rest, value, "unevaluatedProperties");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    fn property_names(&mut self, names: &'static Schema, members: &'v Members<'v>) -> bool {
        let mut holds = true;
        for (name, _) in members.iter() {
            holds &= self.apply_to_name(name, names, "propertyNames");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    fn dependent_schemas(
        &mut self,
        schemas: &'static [(&'static str, &'static Schema)],
        value: &'v View<'v>,
        members: &Members<'_>,
        marks: &mut Marks,
    ) -> bool {
        let mut holds = true;
        for (_, schema) in schemas.iter().filter(|(name, _)| members.contains_key(name)) {
            holds &= self.apply_here(schema, value, marks, "dependentSchemas");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    fn dependent_required(&mut self, lists: &[(&str, &[&str])], members: &Members<'_>) -> bool {
        let mut holds = true;
        for (name, names) in lists.iter().filter(|(name, _)| members.contains_key(name)) {
            holds &= self.required(names, members, Some(name));
        }
        holds
    }

    /// Asks for members; for the sake of the member `because` where there is one.
    fn required(&mut self, names: &[&str], members: &Members<'_>, because: Option<&str>) -> bool {
        let mut holds = true;
        for name in names.iter().filter(|name| !members.contains_key(name)) {
            holds = match because {
                None => self.fail("required", || format!("the member \"{name}\" is missing")),
                Some(other) => self.fail("dependentRequired", || {
                    format!("the member \"{name}\" is missing beside \"{other}\"")
                }),
            };
            if !self.reports() {
                break;
            }
        }
        holds
    }
}

/// Returns whether `properties` or `patternProperties` of `schema` name the member.
fn names(schema: &Schema, name: &str) -> bool {
    schema.0.iter().any(|keyword| match keyword {
        Keyword::Properties(schemas) => schemas.iter().any(|(known, _)| *known == name),
        Keyword::PatternProperties(schemas) => schemas.iter().any(|(pattern, _)| pattern.is_match(name)),
        _ => false,
    })
}

fn size(members: &Members<'_>) -> u64 {
    members.len().try_into().unwrap_or(u64::MAX)
}
