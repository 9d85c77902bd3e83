//! Lowers schemas to constraints, keyword by keyword.

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::keywords::formats;
use crate::document::{Node, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::pattern;
use crate::lower::schemas::schema::kind_of;
use crate::model::{Assertion, Constraints, Discriminator, JsonTypes, ModulePath, Pattern};
use crate::source::{Origin, Pointer};

impl<'run> Schemas<'run> {
    /// Returns the constraints of `node`, which belongs to the module `module_path`.
    ///
    /// If it became a named type there, they are a reference to that type.
    pub(in crate::lower) fn lower_constraints(&mut self, node: &'run Node, module_path: &ModulePath) -> Constraints {
        let known = self.inline.get(&(node.origin, module_path.clone()));
        if let Some(id) = known.filter(|_| !node.is_synthesized) {
            return Constraints::reference(*id);
        }
        match &node.value {
            Value::Bool(false) => Constraints(vec![Assertion::Never]),
            Value::Object(members) => {
                let mut assertions = Vec::new();
                for (keyword, value) in members {
                    if keyword == "required" {
                        assertions.extend(self.lower_required(node, value));
                    } else {
                        assertions.extend(self.lower_keyword(node, keyword, value, module_path));
                    }
                }
                Constraints(assertions)
            }
            _ => Constraints::default(),
        }
    }

    /// Lowers `required`: requests go without properties that are `readOnly`.
    fn lower_required(&self, node: &'run Node, names: &'run Node) -> Vec<Assertion> {
        let schema = |name: &String| node.get("properties").and_then(|members| members.get(name));
        let is_read_only = |name: &String| schema(name).is_some_and(|schema| self.cx.docs_of_use(schema).read_only);
        let (in_responses, always): (Vec<String>, Vec<String>) = strings(names).into_iter().partition(is_read_only);
        let mut assertions = Vec::new();
        if !always.is_empty() || in_responses.is_empty() {
            assertions.push(Assertion::Required(always));
        }
        if !in_responses.is_empty() {
            assertions.push(Assertion::RequiredInResponses(in_responses));
        }
        assertions
    }

    fn lower_keyword(
        &mut self,
        node: &'run Node,
        keyword: &str,
        value: &'run Node,
        module_path: &ModulePath,
    ) -> Option<Assertion> {
        let assertion = match keyword {
            "$ref" => Assertion::Reference(self.component(value.as_str()?)?),
            "type" => Assertion::Type(json_types(value)?),
            "enum" => Assertion::Enum(self.listed(node, value)),
            "const" => Assertion::Const(value.to_string()),
            "pattern" => Assertion::Pattern(self.lower_pattern(value.as_str()?, value.origin)),
            // It modifies a type; without one it is an annotation, as JSON Schema has it
            // (https://spec.openapis.org/oas/v3.0.4.html#data-type-format).
            "format" if node.get("type").is_some() => Assertion::Format(formats::asserted(value.as_str()?)?),
            "uniqueItems" => value
                .as_bool()
                .filter(|unique| *unique)
                .map(|_| Assertion::UniqueItems)?,
            _ => {
                return lower_bound(keyword, value)
                    .or_else(|| self.lower_applicator(node, keyword, value, module_path));
            }
        };
        Some(assertion)
    }

    /// Lowers an applicator: a keyword with subschemas.
    fn lower_applicator(
        &mut self,
        node: &'run Node,
        keyword: &str,
        value: &'run Node,
        module_path: &ModulePath,
    ) -> Option<Assertion> {
        Some(match keyword {
            "properties" => Assertion::Properties(self.lower_each_by_name(value, module_path)),
            "patternProperties" => {
                let members = value.as_object().into_iter().flatten();
                Assertion::PatternProperties(
                    members
                        .map(|(source, node)| {
                            let pattern = self.lower_pattern(source, node.origin.key());
                            (pattern, self.lower_constraints(node, module_path))
                        })
                        .collect(),
                )
            }
            "additionalProperties" => Assertion::AdditionalProperties(self.narrowing(value, module_path)?),
            "propertyNames" => Assertion::PropertyNames(self.narrowing(value, module_path)?),
            "unevaluatedProperties" => Assertion::UnevaluatedProperties(self.lower_constraints(value, module_path)),
            "dependentSchemas" => Assertion::DependentSchemas(self.lower_each_by_name(value, module_path)),
            "dependentRequired" => {
                let members = value.as_object()?;
                Assertion::DependentRequired(
                    members
                        .iter()
                        .map(|(name, list)| (name.clone(), strings(list)))
                        .collect(),
                )
            }
            "prefixItems" => Assertion::PrefixItems(self.lower_each(value, module_path)),
            "items" => Assertion::Items(self.narrowing(value, module_path)?),
            "unevaluatedItems" => Assertion::UnevaluatedItems(self.lower_constraints(value, module_path)),
            "contains" => {
                let count = |key: &str| match node.get(key).map(|node| &node.value) {
                    Some(Value::Number(text)) => count(text),
                    _ => None,
                };
                Assertion::Contains(
                    self.lower_constraints(value, module_path),
                    count("minContains").unwrap_or(1),
                    count("maxContains"),
                )
            }
            "allOf" => Assertion::AllOf(self.lower_each(value, module_path)),
            "anyOf" | "oneOf" => self.lower_union_constraints(node, keyword, value, module_path),
            "not" => Assertion::Not(self.lower_constraints(value, module_path)),
            "if" => {
                let mut optional = |key: &str| node.get(key).map(|node| self.lower_constraints(node, module_path));
                let (then, otherwise) = (optional("then"), optional("else"));
                Assertion::If(self.lower_constraints(value, module_path), then, otherwise)
            }
            _ => return None,
        })
    }

    /// Lowers the pattern at `place`, and reports one that does not compile.
    fn lower_pattern(&mut self, source: &str, place: Origin) -> Pattern {
        let pattern = pattern::lower_pattern(source);
        if let Some(fault) = pattern.runs.is_none().then(|| pattern::fault(source)).flatten() {
            let message = format!("the pattern {source:?} does not compile: {fault}; it is ignored");
            self.cx.report(
                Diagnostic::degraded("pattern-syntax", place, Pointer::root(), message)
                    .with_help("use the syntax of JavaScript (ECMA-262), which has no `(?i)`, `\\A`, `\\Z` or `a++`")
                    .with_fix(Fix::Remove),
            );
        }
        pattern
    }

    /// Lowers the constraints of a union. A union of a schema and `null` is the same as a nullable schema, if the
    /// schema itself does not allow `null`.
    ///
    /// A discriminator selects one of several subschemas.
    fn lower_union_constraints(
        &mut self,
        node: &'run Node,
        keyword: &str,
        value: &'run Node,
        module_path: &ModulePath,
    ) -> Assertion {
        let is_null = |node: &Node| {
            node.as_object().is_some_and(|members| members.len() == 1)
                && node.get("type").and_then(Node::as_str) == Some("null")
        };
        let mut subschemas = self.lower_each(value, module_path);
        let other = match value.as_array().unwrap_or_default() {
            [null, other] if is_null(null) => {
                subschemas.reverse();
                Some(other)
            }
            [other, null] if is_null(null) => Some(other),
            _ => None,
        };
        let is_either = other.is_some_and(|other| !self.allowed_types(other).has(JsonTypes::NULL));
        let union = if keyword == "anyOf" || is_either {
            Assertion::AnyOf(subschemas)
        } else {
            Assertion::OneOf(subschemas)
        };
        let listed: Vec<&'run Node> = value.as_array().into_iter().flatten().collect();
        let is_choice = listed.iter().filter(|schema| !is_null(schema)).count() > 1;
        let chosen = is_choice.then(|| self.lower_discriminator(node, &listed)).flatten();
        match chosen {
            Some(Discriminator { property, mapping, .. }) => {
                Assertion::Discriminator(property, mapping, Box::new(union))
            }
            None => union,
        }
    }

    /// Returns the constraints of a schema that has any. A schema without constraints still marks properties as
    /// evaluated, which matters for `unevaluated…` keywords.
    fn narrowing(&mut self, value: &'run Node, module_path: &ModulePath) -> Option<Constraints> {
        let has_unevaluated = self.has_unevaluated;
        Some(self.lower_constraints(value, module_path))
            .filter(|constraints| has_unevaluated || !constraints.0.is_empty())
    }

    fn lower_each(&mut self, list: &'run Node, module_path: &ModulePath) -> Vec<Constraints> {
        list.as_array()
            .into_iter()
            .flatten()
            .map(|node| self.lower_constraints(node, module_path))
            .collect()
    }

    fn lower_each_by_name(&mut self, map: &'run Node, module_path: &ModulePath) -> Vec<(String, Constraints)> {
        map.as_object()
            .into_iter()
            .flatten()
            .map(|(name, node)| (name.clone(), self.lower_constraints(node, module_path)))
            .collect()
    }

    /// Returns the values of `enum`, and warns of those that the `type` beside it does not allow.
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
                self.cx.report(
                    Diagnostic::warning("enum-type", value.origin, Pointer::root(), message)
                        .with_help("no value is valid for both; correct the value or the type")
                        .with_fix(Fix::Remove),
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

/// Reads a count; `1e2` and `3.0` are counts too. A count beyond 64 bits is never reached.
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

pub(in crate::lower) fn json_types(value: &Node) -> Option<JsonTypes> {
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

fn strings(list: &Node) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .map(str::to_owned)
        .collect()
}
