//! Keywords of arrays.

use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::{Keyword, Schema, Types};
use crate::runtime::schema::validate::evaluated::Evaluated;
use crate::runtime::schema::validate::report::count;
use crate::runtime::schema::validate::{PathSegment, Validator};
use crate::runtime::schema::view::View;

impl<'v> Validator<'v> {
    /// The keywords of arrays.
    pub(crate) fn array(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        elements: &'v [View<'v>],
        evaluated: &mut Evaluated,
    ) -> bool {
        match keyword {
            Keyword::PrefixItems(schemas) => self.prefix_items(schemas, elements, evaluated),
            Keyword::Items(rest) => self.items(prefix(schema), rest, elements, evaluated),
            Keyword::UnevaluatedItems(rest) => self.unevaluated_items(rest, elements, evaluated),
            Keyword::Contains { schema, min, max } => self.contains(schema, (*min, *max), elements, evaluated),
            Keyword::MinItems(least) => self.expect(*least <= size(elements), "minItems", || {
                format!(
                    "expected at least {}, found {}",
                    count(*least, "element"),
                    elements.len()
                )
            }),
            Keyword::MaxItems(most) => self.expect(size(elements) <= *most, "maxItems", || {
                format!("expected at most {}, found {}", count(*most, "element"), elements.len())
            }),
            Keyword::UniqueItems => match repetition(elements) {
                Some((first, second)) => {
                    self.fail("uniqueItems", || format!("the elements {first} and {second} are equal"))
                }
                None => true,
            },
            _ => true,
        }
    }

    /// `type`, of which an array is one, with `items`.
    pub(crate) fn array_of(
        &mut self,
        types: Types,
        items: &'static Schema,
        value: &'v View<'v>,
        evaluated: &mut Evaluated,
    ) -> bool {
        match value {
            View::Array(elements) => self.items(0, items, elements, evaluated),
            other => self.of_type(types, other),
        }
    }

    fn prefix_items(
        &mut self,
        schemas: &'static [&'static Schema],
        elements: &'v [View<'v>],
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, (schema, element)) in schemas.iter().zip(elements).enumerate() {
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Element(index), schema, element, "prefixItems");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    fn items(
        &mut self,
        from: usize,
        rest: &'static Schema,
        elements: &'v [View<'v>],
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, element) in elements.iter().enumerate().skip(from) {
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Element(index), rest, element, "items");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    /// Validates the elements that are not evaluated.
    fn unevaluated_items(
        &mut self,
        rest: &'static Schema,
        elements: &'v [View<'v>],
        evaluated: &mut Evaluated,
    ) -> bool {
        let mut is_valid = true;
        for (index, element) in elements.iter().enumerate() {
            if evaluated.has(index) {
                continue;
            }
            evaluated.set(index);
            is_valid &= self.apply_at(PathSegment::Element(index), rest, element, "unevaluatedItems");
            if !is_valid && !self.reports() {
                break;
            }
        }
        is_valid
    }

    /// Counts the matching elements; stops early unless evaluated parts are tracked.
    fn contains(
        &mut self,
        schema: &'static Schema,
        (least, most): (u64, Option<u64>),
        elements: &'v [View<'v>],
        evaluated: &mut Evaluated,
    ) -> bool {
        let enough = match most {
            Some(most) => most.saturating_add(1),
            None => least,
        };
        let report = self.report.take();
        let (mut fitting, mut excused_ones) = (0, 0);
        for (index, element) in elements.iter().enumerate() {
            if fitting == enough && !evaluated.are_on() {
                break;
            }
            let excused = self.excused;
            if self.apply_at(PathSegment::Element(index), schema, element, "contains") {
                evaluated.set(index);
                // An unknown element counts for the minimum, but not for the maximum.
                if self.excused > excused {
                    excused_ones += 1;
                } else {
                    fitting += 1;
                }
            }
        }
        self.report = report;
        if fitting + excused_ones < least {
            let keyword = if least == 1 { "contains" } else { "minContains" };
            return self.fail(keyword, || {
                format!(
                    "expected at least {} to fit `contains`, found {fitting}",
                    count(least, "element")
                )
            });
        }
        most.is_none_or(|most| {
            self.expect(fitting <= most, "maxContains", || {
                format!(
                    "expected at most {} to fit `contains`, found more",
                    count(most, "element")
                )
            })
        })
    }
}

/// Returns the number of elements that the `prefixItems` beside an `items` validate.
fn prefix(schema: &Schema) -> usize {
    let lengths = schema.0.iter().map(|keyword| match keyword {
        Keyword::PrefixItems(schemas) => schemas.len(),
        _ => 0,
    });
    lengths.max().unwrap_or(0)
}

/// Returns the first element that equals an earlier one, and the earlier one.
///
/// The elements are sorted, so that large arrays do not take quadratic time.
fn repetition(elements: &[View<'_>]) -> Option<(usize, usize)> {
    let elements: Vec<Json> = elements.iter().map(View::to_json).collect();
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by(|&left, &right| elements[left].order(&elements[right]));
    let pairs = order.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .filter(|&(first, second)| elements[first].same(&elements[second]))
        .min_by_key(|&(_, second)| second)
}

fn size(elements: &[View<'_>]) -> u64 {
    elements.len().try_into().unwrap_or(u64::MAX)
}
