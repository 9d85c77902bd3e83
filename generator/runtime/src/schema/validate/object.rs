//! Keywords of objects.

use crate::runtime::schema::keywords::{Keyword, Pattern, Schema};
use crate::runtime::schema::validate::evaluated::Evaluated;
use crate::runtime::schema::validate::report::count;
use crate::runtime::schema::validate::{PathSegment, Validator};
use crate::runtime::schema::view::{Members, View};

impl<'v> Validator<'v> {
    /// The keywords of objects. `members` are the properties of `value`.
    pub(crate) fn object(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        value: &'v View<'v>,
        members: &'v Members<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        match keyword {
            Keyword::Properties(schemas) => self.properties(schemas, members, evaluated),
            Keyword::PatternProperties(schemas) => self.pattern_properties(schemas, members, evaluated),
            Keyword::AdditionalProperties(rest) => self.additional_properties(schema, rest, members, evaluated),
            Keyword::UnevaluatedProperties(rest) => self.unevaluated_properties(rest, members, evaluated),
            Keyword::PropertyNames(names) => self.property_names(names, members),
            Keyword::DependentSchemas(schemas) => self.dependent_schemas(schemas, value, members, evaluated),
            Keyword::Required(names) => self.required(names, members, None),
            Keyword::RequiredInResponses(names) => self.is_request || self.required(names, members, None),
            Keyword::DependentRequired(lists) => self.dependent_required(lists, members),
            Keyword::MinProperties(least) => self.expect(*least <= size(members), "minProperties", || {
                format!(
                    "expected at least {}, found {}",
                    count(*least, "property"),
                    members.len()
                )
            }),
            Keyword::MaxProperties(most) => self.expect(size(members) <= *most, "maxProperties", || {
                format!("expected at most {}, found {}", count(*most, "property"), members.len())
            }),
            _ => true,
        }
    }

    fn properties(
        &mut self,
        schemas: &'static [(&'static str, &'static Schema)],
        members: &'v Members<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, (name, value)) in members.iter().enumerate() {
            let Some((_, schema)) = schemas.iter().find(|(known, _)| *known == name) else {
                continue;
            };
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Property(name), schema, value, "properties");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    fn pattern_properties(
        &mut self,
        schemas: &'static [(Pattern, &'static Schema)],
        members: &'v Members<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, (name, value)) in members.iter().enumerate() {
            for (_, schema) in schemas.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                evaluated.set(index);
                is_valid &= self.apply_at(PathSegment::Property(name), schema, value, "patternProperties");
                if !is_valid && !self.reports() {
                    return false;
                }
            }
        }
        is_valid
    }

    /// Validates the properties that `properties` and `patternProperties` of `schema` do not name.
    fn additional_properties(
        &mut self,
        schema: &Schema,
        rest: &'static Schema,
        members: &'v Members<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, (name, value)) in members.iter().enumerate() {
            if names(schema, name) {
                continue;
            }
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Property(name), rest, value, "additionalProperties");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    /// Validates the properties that are not evaluated.
    fn unevaluated_properties(
        &mut self,
        rest: &'static Schema,
        members: &'v Members<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, (name, value)) in members.iter().enumerate() {
            if evaluated.has(index) {
                continue;
            }
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Property(name), rest, value, "unevaluatedProperties");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    fn property_names(&mut self, names: &'static Schema, members: &'v Members<'v>) -> bool {
        let mut is_valid = true;
        for (name, _) in members.iter() {
            is_valid &= self.apply_to_name(name, names, "propertyNames");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    fn dependent_schemas(
        &mut self,
        schemas: &'static [(&'static str, &'static Schema)],
        value: &'v View<'v>,
        members: &Members<'_>,
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (_, schema) in schemas.iter().filter(|(name, _)| members.contains_key(name)) {
            is_valid &= self.apply_here(schema, value, evaluated, "dependentSchemas");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    fn dependent_required(&mut self, lists: &[(&str, &[&str])], members: &Members<'_>) -> bool {
        let mut is_valid = true;
        for (name, names) in lists.iter().filter(|(name, _)| members.contains_key(name)) {
            is_valid &= self.required(names, members, Some(name));
        }
        is_valid
    }

    /// Checks that the properties exist. `because` is the property that requires them, if any.
    fn required(&mut self, names: &[&str], members: &Members<'_>, because: Option<&str>) -> bool {
        let mut is_valid = true;
        for name in names.iter().filter(|name| !members.contains_key(name)) {
            is_valid = match because {
                None => self.fail("required", || format!("the property \"{name}\" is missing")),
                Some(other) => self.fail("dependentRequired", || {
                    format!("the property \"{name}\" is missing beside \"{other}\"")
                }),
            };
            if !self.reports() {
                break;
            }
        }
        is_valid
    }
}

/// Returns whether `properties` or `patternProperties` of `schema` name the property.
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
