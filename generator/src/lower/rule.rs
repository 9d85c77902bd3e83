//! Lowers schemas to rules: what they ask of a value, keyword by keyword.

use super::pattern;
use super::schema::kind_of;
use super::{Context, Home};
use crate::diagnostic::Diagnostic;
use crate::document::{Node, Origin, Pointer, Value};
use crate::model::{Assertion, Discriminator, JsonTypes, Pattern, Rule};

/// The formats that the runtime asserts, with the name of its variant.
///
/// The others are annotations, as
/// [JSON Schema §7](https://json-schema.org/draft/2020-12/json-schema-validation#section-7) has it.
const FORMATS: [(&str, &str); 16] = [
    ("date", "Date"),
    ("date-time", "DateTime"),
    ("time", "Time"),
    ("duration", "Duration"),
    ("email", "Email"),
    ("hostname", "Hostname"),
    ("ipv4", "Ipv4"),
    ("ipv6", "Ipv6"),
    ("uri", "Uri"),
    ("uri-reference", "UriReference"),
    ("iri", "Iri"),
    ("iri-reference", "IriReference"),
    ("uri-template", "UriTemplate"),
    ("relative-json-pointer", "RelativeJsonPointer"),
    ("uuid", "Uuid"),
    ("json-pointer", "JsonPointer"),
];

impl<'run> Context<'run> {
    /// Returns the rule of `node`, which stands in the module `home`.
    ///
    /// A schema that became a type of its own there is referred to.
    pub(super) fn lower_rule(&mut self, node: &'run Node, home: &Home) -> Rule {
        let known = self.inline.get(&(node.origin, home.clone()));
        if let Some(id) = known.filter(|_| !self.is_made_up(node)) {
            return Rule::reference(*id);
        }
        match &node.value {
            Value::Bool(false) => Rule(vec![Assertion::Never]),
            Value::Object(members) => {
                let mut assertions = Vec::new();
                for (keyword, value) in members {
                    if keyword == "required" {
                        assertions.extend(self.lower_required(node, value));
                    } else {
                        assertions.extend(self.lower_keyword(node, keyword, value, home));
                    }
                }
                Rule(assertions)
            }
            _ => Rule::default(),
        }
    }

    /// Lowers `required`: requests go without members that are `readOnly`.
    fn lower_required(&self, node: &'run Node, names: &'run Node) -> Vec<Assertion> {
        let schema = |name: &String| node.get("properties").and_then(|members| members.get(name));
        let is_read_only = |name: &String| schema(name).is_some_and(|schema| self.docs_of_use(schema).read_only);
        let (in_replies, always): (Vec<String>, Vec<String>) = strings(names).into_iter().partition(is_read_only);
        let mut assertions = Vec::new();
        if !always.is_empty() || in_replies.is_empty() {
            assertions.push(Assertion::Required(always));
        }
        if !in_replies.is_empty() {
            assertions.push(Assertion::RequiredInReplies(in_replies));
        }
        assertions
    }

    fn lower_keyword(&mut self, node: &'run Node, keyword: &str, value: &'run Node, home: &Home) -> Option<Assertion> {
        let assertion = match keyword {
            "$ref" => Assertion::Reference(self.component(value.as_str()?)?),
            "type" => Assertion::Type(json_types(value)?),
            "enum" => Assertion::Enum(self.listed(node, value)),
            "const" => Assertion::Const(value.to_string()),
            "pattern" => Assertion::Pattern(self.lower_pattern(value.as_str()?, value.origin)),
            // It modifies a type; without one it is an annotation, as JSON Schema has it
            // (https://spec.openapis.org/oas/v3.0.4.html#data-type-format).
            "format" if node.get("type").is_some() => Assertion::Format(format(value.as_str()?)?),
            "uniqueItems" => value
                .as_bool()
                .filter(|unique| *unique)
                .map(|_| Assertion::UniqueItems)?,
            _ => {
                return lower_bound(keyword, value).or_else(|| self.lower_applicator(node, keyword, value, home));
            }
        };
        Some(assertion)
    }

    /// Lowers a keyword whose value holds schemas.
    fn lower_applicator(
        &mut self,
        node: &'run Node,
        keyword: &str,
        value: &'run Node,
        home: &Home,
    ) -> Option<Assertion> {
        Some(match keyword {
            "properties" => Assertion::Properties(self.rules_by_name(value, home)),
            "patternProperties" => {
                let members = value.as_object().into_iter().flatten();
                Assertion::PatternProperties(
                    members
                        .map(|(source, node)| {
                            let pattern = self.lower_pattern(source, node.origin.key());
                            (pattern, self.lower_rule(node, home))
                        })
                        .collect(),
                )
            }
            "additionalProperties" => Assertion::AdditionalProperties(self.narrowing(value, home)?),
            "propertyNames" => Assertion::PropertyNames(self.narrowing(value, home)?),
            "unevaluatedProperties" => Assertion::UnevaluatedProperties(self.lower_rule(value, home)),
            "dependentSchemas" => Assertion::DependentSchemas(self.rules_by_name(value, home)),
            "dependentRequired" => {
                let members = value.as_object()?;
                Assertion::DependentRequired(
                    members
                        .iter()
                        .map(|(name, list)| (name.clone(), strings(list)))
                        .collect(),
                )
            }
            "prefixItems" => Assertion::PrefixItems(self.rules(value, home)),
            "items" => Assertion::Items(self.narrowing(value, home)?),
            "unevaluatedItems" => Assertion::UnevaluatedItems(self.lower_rule(value, home)),
            "contains" => {
                let count = |key: &str| match node.get(key).map(|node| &node.value) {
                    Some(Value::Number(text)) => count(text),
                    _ => None,
                };
                Assertion::Contains(
                    self.lower_rule(value, home),
                    count("minContains").unwrap_or(1),
                    count("maxContains"),
                )
            }
            "allOf" => Assertion::AllOf(self.rules(value, home)),
            "anyOf" | "oneOf" => self.lower_union_rule(node, keyword, value, home),
            "not" => Assertion::Not(self.lower_rule(value, home)),
            "if" => {
                let mut branch = |key: &str| node.get(key).map(|node| self.lower_rule(node, home));
                let (then, otherwise) = (branch("then"), branch("else"));
                Assertion::If(self.lower_rule(value, home), then, otherwise)
            }
            _ => return None,
        })
    }

    /// Lowers the pattern at `place`, and reports one that no engine can decide.
    fn lower_pattern(&mut self, source: &str, place: Origin) -> Pattern {
        let pattern = pattern::lower_pattern(source);
        if let Some(fault) = pattern.runs.is_none().then(|| pattern::fault(source)).flatten() {
            let message = format!("the pattern {source:?} does not compile: {fault}; everything matches it");
            self.report(
                Diagnostic::degraded("pattern-syntax", place, Pointer::root(), message).with_help(
                    "write it in JavaScript's dialect (ECMA-262), which has no `(?i)`, `\\A`, `\\Z` or `a++`",
                ),
            );
        }
        pattern
    }

    /// Lowers the rule of a union. A schema or `null` is one thing, however it is written: where the
    /// schema has no `null` of its own, one branch holds or none does.
    ///
    /// Of several branches a discriminator chooses one.
    fn lower_union_rule(&mut self, node: &'run Node, keyword: &str, value: &'run Node, home: &Home) -> Assertion {
        let is_null = |node: &Node| {
            node.as_object().is_some_and(|members| members.len() == 1)
                && node.get("type").and_then(Node::as_str) == Some("null")
        };
        let mut rules = self.rules(value, home);
        let other = match value.as_array().unwrap_or_default() {
            [null, other] if is_null(null) => {
                rules.reverse();
                Some(other)
            }
            [other, null] if is_null(null) => Some(other),
            _ => None,
        };
        let is_either = other.is_some_and(|other| !self.allowed_types(other).has(JsonTypes::NULL));
        let union = if keyword == "anyOf" || is_either {
            Assertion::AnyOf(rules)
        } else {
            Assertion::OneOf(rules)
        };
        let branches: Vec<&'run Node> = value.as_array().into_iter().flatten().collect();
        let is_choice = branches.iter().filter(|branch| !is_null(branch)).count() > 1;
        let chosen = is_choice.then(|| self.lower_discriminator(node, &branches)).flatten();
        match chosen {
            Some(Discriminator { property, mapping, .. }) => {
                Assertion::Discriminator(property, mapping, Box::new(union))
            }
            None => union,
        }
    }

    /// Returns the rule of a schema that asks for something. One that does not still marks what it
    /// stands for as evaluated, which matters where a schema asks of the rest.
    fn narrowing(&mut self, value: &'run Node, home: &Home) -> Option<Rule> {
        let has_unevaluated = self.has_unevaluated;
        Some(self.lower_rule(value, home)).filter(|rule| has_unevaluated || !rule.0.is_empty())
    }

    fn rules(&mut self, list: &'run Node, home: &Home) -> Vec<Rule> {
        list.as_array()
            .into_iter()
            .flatten()
            .map(|node| self.lower_rule(node, home))
            .collect()
    }

    fn rules_by_name(&mut self, map: &'run Node, home: &Home) -> Vec<(String, Rule)> {
        map.as_object()
            .into_iter()
            .flatten()
            .map(|(name, node)| (name.clone(), self.lower_rule(node, home)))
            .collect()
    }

    /// Returns the values of `enum`, and warns of those that the type beside it refuses.
    fn listed(&mut self, node: &'run Node, list: &'run Node) -> Vec<String> {
        let types = node.get("type").and_then(json_types).unwrap_or(JsonTypes::ANY);
        for value in list.as_array().into_iter().flatten() {
            if types.and(kind_of(value)).is_empty() {
                let names: Vec<&str> = types.iter().map(|(name, _)| name).collect();
                let message = format!(
                    "{value} is listed, but it is {}, and the type beside it is {}",
                    value.kind(),
                    names.join(" or ")
                );
                self.report(
                    Diagnostic::warning("enum-type", value.origin, Pointer::root(), message)
                        .with_help("no value can be both; correct the value or the type"),
                );
            }
        }
        list.as_array().into_iter().flatten().map(ToString::to_string).collect()
    }
}

/// Lowers a keyword whose value is a number.
fn lower_bound(keyword: &str, value: &Node) -> Option<Assertion> {
    let Value::Number(text) = &value.value else { return None };
    Some(match keyword {
        "minLength" => Assertion::MinLength(count(text)?),
        "maxLength" => Assertion::MaxLength(count(text)?),
        "minItems" => Assertion::MinItems(count(text)?),
        "maxItems" => Assertion::MaxItems(count(text)?),
        "minProperties" => Assertion::MinProperties(count(text)?),
        "maxProperties" => Assertion::MaxProperties(count(text)?),
        "minimum" => Assertion::Minimum(text.clone()),
        "maximum" => Assertion::Maximum(text.clone()),
        "exclusiveMinimum" => Assertion::ExclusiveMinimum(text.clone()),
        "exclusiveMaximum" => Assertion::ExclusiveMaximum(text.clone()),
        "multipleOf" => Assertion::MultipleOf(text.clone()),
        _ => return None,
    })
}

/// Reads a count; `1e2` and `3.0` are counts too, and what 64 bits cannot hold nothing reaches.
fn count(text: &str) -> Option<u64> {
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| *number >= 0.0 && number.fract() == 0.0)?;
    text.parse()
        .ok()
        .or_else(|| format!("{number:.0}").parse().ok())
        .or(Some(u64::MAX))
}

pub(super) fn json_types(value: &Node) -> Option<JsonTypes> {
    match &value.value {
        Value::String(name) => JsonTypes::named(name),
        Value::Array(names) => Some(
            names
                .iter()
                .filter_map(|name| JsonTypes::named(name.as_str()?))
                .fold(JsonTypes::NONE, JsonTypes::or),
        ),
        _ => None,
    }
}

fn format(name: &str) -> Option<&'static str> {
    FORMATS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, variant)| *variant)
}

fn strings(list: &Node) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::FORMATS;
    use crate::document::ASSERTED_FORMATS;

    /// What is said to be asserted is.
    #[test]
    fn the_formats_that_are_asserted_are_those_that_the_ledger_does_not_tell_of() {
        let mut names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let mut asserted = ASSERTED_FORMATS.to_vec();
        names.sort_unstable();
        asserted.sort_unstable();
        assert_eq!(names, asserted);
    }
}
