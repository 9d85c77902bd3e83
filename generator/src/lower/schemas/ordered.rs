//! Puts what has no order into one, so that types and constraints can be compared: the keys of an object of the document
//! have none.

use crate::model::{Assertion, Constraints, Named, Shape};

/// Returns a type with its properties and constraints in order.
pub(in crate::lower::schemas) fn ordered_type(named: &Named) -> Named {
    let mut ordered = named.clone();
    order(&mut ordered.constraints);
    match &mut ordered.shape {
        Shape::Object(object) => object.properties.sort_by(|one, other| one.wire.cmp(&other.wire)),
        Shape::Union(union) => {
            for variant in &mut union.variants {
                order(&mut variant.constraints);
            }
            if let Some(discriminator) = &mut union.discriminator {
                discriminator.mapping.sort();
                discriminator.fixed.sort();
            }
        }
        _ => {}
    }
    ordered
}

/// Returns constraints in order.
pub(in crate::lower) fn ordered_constraints(constraints: &Constraints) -> Constraints {
    let mut ordered = constraints.clone();
    order(&mut ordered);
    ordered
}

fn order(constraints: &mut Constraints) {
    constraints.0.sort_by_key(Assertion::name);
    constraints.0.iter_mut().for_each(order_assertion);
}

fn order_assertion(assertion: &mut Assertion) {
    match assertion {
        Assertion::Properties(members) | Assertion::DependentSchemas(members) => {
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (_, schema) in members {
                order(schema);
            }
        }
        Assertion::PatternProperties(members) => {
            members.sort_by(|(one, _), (other, _)| one.source.cmp(&other.source));
            for (_, schema) in members {
                order(schema);
            }
        }
        Assertion::DependentRequired(members) => members.sort(),
        Assertion::AdditionalProperties(schema)
        | Assertion::PropertyNames(schema)
        | Assertion::UnevaluatedProperties(schema)
        | Assertion::Items(schema)
        | Assertion::UnevaluatedItems(schema)
        | Assertion::Contains(schema, ..)
        | Assertion::Not(schema) => order(schema),
        Assertion::PrefixItems(schemas)
        | Assertion::AllOf(schemas)
        | Assertion::AnyOf(schemas)
        | Assertion::OneOf(schemas) => schemas.iter_mut().for_each(order),
        Assertion::Discriminator(_, mapping, union) => {
            mapping.sort();
            order_assertion(union);
        }
        Assertion::Once(keyword) => order_assertion(keyword),
        Assertion::If(condition, then, otherwise) => {
            order(condition);
            then.iter_mut().chain(otherwise).for_each(order);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::ordered_constraints;
    use crate::model::{Assertion, Constraints};

    #[test]
    fn the_order_of_keys_makes_no_difference() {
        let property = |name: &str, assertions| (name.to_owned(), Constraints(assertions));
        let sizes = || vec![Assertion::MinLength(1), Assertion::MaxLength(2)];
        let swapped = || sizes().into_iter().rev().collect();
        let one = Constraints(vec![
            Assertion::Properties(vec![property("a", sizes()), property("b", Vec::new())]),
            Assertion::MinProperties(1),
        ]);
        let other = Constraints(vec![
            Assertion::MinProperties(1),
            Assertion::Properties(vec![property("b", Vec::new()), property("a", swapped())]),
        ]);
        assert_ne!(one, other);
        assert_eq!(ordered_constraints(&one), ordered_constraints(&other));
    }
}
