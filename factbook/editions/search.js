/*
 * Put before the theme's search worker, which has no setting for either:
 *
 * - Letters count without their accents, in the index and in what is asked:
 *   many people search for "padron" and mean "padrón".
 * - Little words of a question are left out. The worker takes every word for
 *   the beginning of one, so that "de" would find half of the dictionary.
 * - An abbreviation in capitals is meant as it stands: DEA is not "dead".
 */
;(function () {
  var little = {
    en: "a an and are at be by did do does for from has have how in is it of on or the to was what when where which who why with",
    es: "a al como con cual cuando cuanta cuantas cuanto cuantos de del donde el en es esta la las lo los para por que quien se sin son su un una y"
  }
  var abbreviation = /^[A-Z]{3,6}$/
  var stop = []
  var lunr

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  }

  function asked(query) {
    var words = plain(query).split(/\s+/)
    var kept = words.filter(function (word) {
      return abbreviation.test(word) || stop.indexOf(word.toLowerCase()) < 0
    })
    return (kept.some(Boolean) ? kept : words)
      .map(function (word) {
        return abbreviation.test(word) ? word + "^2" : word
      })
      .join(" ")
  }

  Object.defineProperty(self, "lunr", {
    get: function () {
      return lunr
    },
    set: function (value) {
      lunr = value
      var run = lunr.Pipeline.prototype.run
      lunr.Pipeline.prototype.run = function (tokens) {
        tokens.forEach(function (token) {
          if (token.update) token.update(plain)
        })
        return run.call(this, tokens)
      }
    }
  })

  self.addEventListener("message", function (event) {
    var message = event.data
    if (message.type === 0) stop = (little[message.data.config.lang[0]] || "").split(" ")
    if (message.type === 2) message.data = asked(message.data)
  })
})()
