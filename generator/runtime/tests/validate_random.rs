//! Schemas and values synthesized at random, validated as the `jsonschema` crate validates them.

#[cfg(test)]
mod support;

use serde_json::{Value, json};
use support::lowered::Lowering;

/// A generator that is the same in every run.
struct Random {
    state: u64,
    /// Whether schemas may refer to others.
    refers: bool,
}

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).expect("31 bits") % bound
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    fn name(&mut self) -> &'static str {
        self.pick(&["a", "b", "c", "ab"])
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => json!(self.below(4)),
            3 => self.pick(&[json!(1.0), json!(0.5), json!(-1), json!(2.5)]),
            4 => self.pick(&[json!(""), json!("a"), json!("bb"), json!("é")]),
            5 | 6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => (0..self.below(4))
                .map(|_| (self.name().to_owned(), self.value(depth - 1)))
                .collect(),
        }
    }

    fn list(&mut self, depth: usize) -> Value {
        (0..=self.below(3)).map(|_| self.schema(depth)).collect()
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth == 0 || self.below(12) == 0 {
            if self.refers && self.below(3) == 0 {
                return json!({"$ref": self.pick(&["#/$defs/x", "#/$defs/y"])});
            }
            return self.pick(&[
                json!(true),
                json!(true),
                json!(false),
                json!({"type": "string"}),
                json!({"type": ["integer", "object"]}),
                json!({"type": ["array", "null", "number"]}),
                json!({"required": ["a"]}),
                json!({"minimum": 1}),
            ]);
        }
        let mut members = serde_json::Map::new();
        for _ in 0..=self.below(4) {
            let (name, value) = self.keyword(depth - 1);
            members.insert(name.to_owned(), value);
        }
        if members.contains_key("if") && self.below(3) > 0 {
            members.insert("then".to_owned(), self.schema(depth - 1));
            members.insert("else".to_owned(), self.schema(depth - 1));
        }
        Value::Object(members)
    }

    fn keyword(&mut self, depth: usize) -> (&'static str, Value) {
        match self.below(29) {
            0 => (
                "type",
                self.pick(&[
                    json!("object"),
                    json!("array"),
                    json!(["integer", "string"]),
                    json!("number"),
                ]),
            ),
            1 => ("enum", (0..3).map(|_| self.value(2)).collect()),
            2 => ("const", self.value(2)),
            3 => ("required", json!([self.name()])),
            4 => ("minProperties", json!(self.below(3))),
            5 => ("maxItems", json!(self.below(3))),
            6 => ("uniqueItems", json!(true)),
            7 => ("multipleOf", self.pick(&[json!(0.5), json!(2), json!(1)])),
            8 => ("exclusiveMaximum", json!(self.below(3))),
            9 => ("maxLength", json!(self.below(3))),
            10 => ("pattern", self.pick(&[json!("^a"), json!("b$")])),
            11 => ("dependentRequired", json!({self.name(): [self.name()]})),
            12 => ("allOf", self.list(depth)),
            13 => ("anyOf", self.list(depth)),
            14 => ("oneOf", self.list(depth)),
            15 => ("not", self.schema(depth)),
            16 => ("if", self.schema(depth)),
            17 | 18 => (
                "properties",
                json!({self.name(): self.schema(depth), self.name(): self.schema(depth)}),
            ),
            19 => (
                "patternProperties",
                json!({self.pick(&["^a", "b", "c"]): self.schema(depth)}),
            ),
            20 => ("additionalProperties", self.schema(depth)),
            21 => ("propertyNames", self.schema(depth)),
            22 => ("dependentSchemas", json!({self.name(): self.schema(depth)})),
            23 => ("unevaluatedProperties", self.schema(depth.min(1))),
            24 => ("prefixItems", self.list(depth)),
            25 => ("items", self.schema(depth)),
            26 => ("contains", self.schema(depth)),
            27 => ("minContains", json!(self.below(3))),
            _ => ("unevaluatedItems", self.schema(depth.min(1))),
        }
    }
}

#[test]
fn results_agree_with_the_jsonschema_crate() {
    let rounds = std::env::var("ROUNDS").map_or(2_000, |rounds| rounds.parse().unwrap());
    let mut random = Random {
        state: 2020,
        refers: false,
    };
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..rounds {
        random.refers = false;
        let plain = random.schema(1);
        // Every cycle leads into a property or an element, so that it ends with the value.
        let mut document = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$defs": {
                "x": {"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#/$defs/y"}},
                "y": {"anyOf": [{"type": "object", "properties": {"b": {"$ref": "#/$defs/x"}}}, plain]},
            },
        });
        random.refers = true;
        if let Value::Object(members) = random.schema(4) {
            document.as_object_mut().unwrap().extend(members);
        }
        let oracle = jsonschema::validator_for(&document).unwrap();
        let schema = Lowering::new(&document).lower().unwrap();
        for _ in 0..8 {
            let value = random.value(4);
            let expected = oracle.is_valid(&value);
            let ours = support::from_value(&value);
            assert_eq!(schema.is_valid(&ours), expected, "{document} on {value}");
            let report = schema.validate(&ours);
            assert_eq!(report.is_empty(), expected, "{document} on {value}: {report:?}");
            if expected { valid += 1 } else { invalid += 1 }
        }
    }
    assert!(valid > rounds && invalid > rounds, "{valid} valid, {invalid} invalid");
}
