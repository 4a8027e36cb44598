//! French sentences of imports and exports.
