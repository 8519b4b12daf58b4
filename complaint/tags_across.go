package complaint

// acrossTags are about more than one case, or about another one.
var acrossTags = []tag{}
