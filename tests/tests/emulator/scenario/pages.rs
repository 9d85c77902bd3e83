//! All rows, page by page: in both directions, by both clients, as pages and as items.

use losant_data::operations::data_table_rows::{self, GetDataTableRowsSortDirection, QueryDataTableRowsSortDirection};
use losant_data::schemas::{AdvancedQuery, AdvancedValueQueryObject};

use super::cell::{self, Row};
use super::{ROWS, Scene, expected};
use crate::application;

impl Scene {
    pub(super) async fn page(&mut self) {
        for descending in [false, true] {
            self.page_all(descending).await;
            self.page_found(descending).await;
        }
    }

    fn requests(&self, operation: &str) -> u64 {
        self.emulator.requests().get(operation).copied().unwrap_or_default()
    }

    /// All rows, in the order of a column that has nulls and many values alike.
    async fn page_all(&mut self, descending: bool) {
        let before = self.requests("dataTableRows.get");
        let expected = expected::found(&self.rows, &AdvancedQuery::new(), "level", descending);
        let direction = if descending {
            GetDataTableRowsSortDirection::Desc
        } else {
            GetDataTableRowsSortDirection::Asc
        };
        let rows = data_table_rows::get(application(), &self.table)
            .sort_column("level")
            .sort_direction(direction);
        let mut found: Vec<Row> = Vec::new();
        let mut pages = rows.clone().limit("1000").pages(&self.client);
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            assert_eq!(page.total_count, Some(i64::try_from(ROWS).unwrap()));
            assert_eq!(page.offset, Some(i64::try_from(found.len()).unwrap()));
            found.extend(page.items.iter().flatten().map(cell::row));
        }
        assert!(found.iter().eq(expected.iter().copied()), "descending: {descending}");
        // The last page is shorter than the others.
        let items = rows.limit("900").items_blocking(&self.blocking);
        let items = items.map(|row| cell::row(&row.unwrap()));
        assert!(items.eq(expected.into_iter().cloned()), "descending: {descending}");
        let requests = self.requests("dataTableRows.get") - before;
        assert_eq!(requests, 10 + 12);
        self.calls += requests;
    }

    /// What a query finds, from the second hundred on.
    async fn page_found(&mut self, descending: bool) {
        let before = self.requests("dataTableRows.query");
        let query = AdvancedQuery::new()
            .entry("active", AdvancedValueQueryObject::new().ne_(true))
            .or(vec![
                AdvancedQuery::new().entry("count", AdvancedValueQueryObject::new().lt(20)),
                AdvancedQuery::new().entry("label", AdvancedValueQueryObject::new().contains("PP").ci(true)),
            ]);
        let expected = expected::found(&self.rows, &query, "label", descending);
        let expected: Vec<&Row> = expected.into_iter().skip(100).collect();
        let direction = if descending {
            QueryDataTableRowsSortDirection::Desc
        } else {
            QueryDataTableRowsSortDirection::Asc
        };
        let rows = data_table_rows::query(application(), &self.table)
            .body(query)
            .sort_column("label")
            .sort_direction(direction)
            .offset("100")
            .limit("333");
        let mut found: Vec<Row> = Vec::new();
        let mut items = rows.clone().items(&self.client);
        while let Some(row) = items.next().await {
            found.push(cell::row(&row.unwrap()));
        }
        assert!(found.iter().eq(expected.iter().copied()), "descending: {descending}");
        let pages = rows.pages_blocking(&self.blocking);
        let pages = pages.map(|page| page.unwrap().items.as_deref().unwrap_or_default().to_vec());
        let found = pages.flatten().map(|row| cell::row(&row));
        assert!(found.eq(expected.iter().copied().cloned()), "descending: {descending}");
        let requests = self.requests("dataTableRows.query") - before;
        assert_eq!(requests, 2 * u64::try_from(expected.len().div_ceil(333)).unwrap());
        self.calls += requests;
    }
}
