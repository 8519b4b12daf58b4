package complaint

// afterTags are about what is left to do: articles 7, 8 and 9.
var afterTags = []tag{
	{
		name: "maatregel", english: "measure", taught: true, needs: true, day: dayNamed, still: endClosed,
		takes:   Words{"<wat er verandert> wie: <wie> voor: <datum>", "<what changes> who: <who> by: <date>"},
		help:    Words{"wat er verandert om herhaling te voorkomen", "what changes to prevent a repetition"},
		example: Words{"#maatregel herinnering de dag ervoor wie: planning voor: 15-1", "#measure reminder the day before who: planning by: 15-1"},
		fields:  measuring, do: doMeasure,
	},
	{
		name: "geenmaatregel", english: "nomeasure", needs: true, day: dayNamed, still: endClosed,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"geen maatregel, en waarom", "no measure, and why"},
		example: Words{"#geenmaatregel dit was eenmalig", "#nomeasure this happened once"},
		do:      doNoMeasure,
	},
}
