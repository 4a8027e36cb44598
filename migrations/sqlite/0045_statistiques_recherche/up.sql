-- SQLite asks its search index itself how frequent a word is.
SELECT 1;
