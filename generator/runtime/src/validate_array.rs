//! Keywords of arrays.

use super::json::Json;
use super::schema::{Keyword, Schema};
use super::validate::{Step, Walk};
use super::validate_marks::Marks;
use super::validate_report::count;
use super::view::View;

impl<'v> Walk<'v> {
    /// The keywords of arrays.
    pub(super) fn array(
        &mut self,
        schema: &Schema,
        keyword: &'static Keyword,
        elements: &'v [View<'v>],
        marks: &mut Marks,
    ) -> bool {
        match keyword {
            Keyword::PrefixItems(schemas) => self.prefix_items(schemas, elements, marks),
            Keyword::Items(rest) => self.items(prefix(schema), rest, elements, marks),
            Keyword::UnevaluatedItems(rest) => self.unevaluated_items(rest, elements, marks),
            Keyword::Contains { schema, min, max } => self.contains(schema, (*min, *max), elements, marks),
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

    fn prefix_items(
        &mut self,
        schemas: &'static [&'static Schema],
        elements: &'v [View<'v>],
        marks: &mut Marks,
    ) -> bool {
        let mut holds = true;
        for (index, (schema, element)) in schemas.iter().zip(elements).enumerate() {
            marks.set(index);
            holds &= self.apply_at(Step::Element(index), schema, element, "prefixItems");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    fn items(&mut self, from: usize, rest: &'static Schema, elements: &'v [View<'v>], marks: &mut Marks) -> bool {
        let mut holds = true;
        for (index, element) in elements.iter().enumerate().skip(from) {
            marks.set(index);
            holds &= self.apply_at(Step::Element(index), rest, element, "items");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    /// Judges the elements that no sibling has judged, nor a schema that a sibling refers to.
    fn unevaluated_items(&mut self, rest: &'static Schema, elements: &'v [View<'v>], marks: &mut Marks) -> bool {
        let mut holds = true;
        for (index, element) in elements.iter().enumerate() {
            if marks.has(index) {
                continue;
            }
            marks.set(index);
            holds &= self.apply_at(Step::Element(index), rest, element, "unevaluatedItems");
            if !holds && !self.reports() {
                break;
            }
        }
        holds
    }

    /// Counts the elements that fit, of all when somebody asks for marks.
    fn contains(
        &mut self,
        schema: &'static Schema,
        (least, most): (u64, Option<u64>),
        elements: &'v [View<'v>],
        marks: &mut Marks,
    ) -> bool {
        let enough = match most {
            Some(most) => most.saturating_add(1),
            None => least,
        };
        let report = self.report.take();
        let (mut fitting, mut excused_ones) = (0, 0);
        for (index, element) in elements.iter().enumerate() {
            if fitting == enough && !marks.are_on() {
                break;
            }
            let excused = self.excused;
            if self.apply_at(Step::Element(index), schema, element, "contains") {
                marks.set(index);
                // What is unknown counts where it is wanted, and not where it is too much.
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

/// Returns how many elements the `prefixItems` beside an `items` judge.
fn prefix(schema: &Schema) -> usize {
    let lengths = schema.0.iter().map(|keyword| match keyword {
        Keyword::PrefixItems(schemas) => schemas.len(),
        _ => 0,
    });
    lengths.max().unwrap_or(0)
}

/// Returns the first element that is the same as an earlier one, and that one.
///
/// Sorting brings the same together, so that large arrays take no square of their size.
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
