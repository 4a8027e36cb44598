-- Nothing to change here: the slow CHECK and the trigger of the search index are SQLite's alone.
SELECT 1;
