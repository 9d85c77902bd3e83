//! The page of the rules of oasdiff is what its table and the pairs of documents give.

use std::collections::BTreeSet;
use std::fs;

use tests::oasdiff;

#[test]
fn the_page_of_the_rules_of_oasdiff_is_up_to_date() {
    let page = oasdiff::page().unwrap();
    let words = "`cargo xtask bless` writes the page";
    assert!(fs::read_to_string(oasdiff::file()).unwrap() == page, "{words}");
}

#[test]
fn each_rule_has_one_row() {
    let rules = oasdiff::rules().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), rules.len());
}
