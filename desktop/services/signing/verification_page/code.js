/* Reads and verifies the signed code of a paper in a browser: the same rules as desktop/domain/paper_code.py.
   Written for old browsers too. A verdict is handed to `done`, because browsers verify later. */
var sanxiaoCode = (function () {
  "use strict";
  var DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  var HEAD = /^SX1-([0-9A-Z]{4})-([0-9A-Z]+)-((?:[0-9A-Z]|%[0-9A-F]{2})+)-(0|[0-9]{8})-([1-9A-Z][0-9A-Z]*)$/;
  var ED25519 = 1, SIGNATURE_LENGTH = 64, LONGEST = 1000;
  /* The order of the curve's base point, lowest byte first: a scalar at or above it is a second spelling. */
  var ORDER = [237, 211, 245, 92, 26, 99, 18, 88, 214, 156, 247, 162, 222, 249, 222, 20,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16];

  function folded(text) {
    var plain = text.normalize ? text.normalize("NFKC") : text;
    return plain.replace(/[－—]/g, "-").replace(/[\s\u200b\ufeff]/g, "").toUpperCase();
  }

  function bytesOf(body) {
    var bytes = [0];
    for (var at = 0; at < body.length; at++) {
      var carry = DIGITS.indexOf(body.charAt(at));
      for (var place = bytes.length - 1; place >= 0; place--) {
        carry += bytes[place] * 36;
        bytes[place] = carry & 255;
        carry >>= 8;
      }
      while (carry) {
        bytes.unshift(carry & 255);
        carry >>= 8;
      }
    }
    return bytes;
  }

  function textOf(bytes) {
    if (bytes.length % 2) throw new Error("odd");
    var text = "";
    for (var at = 0; at < bytes.length; at += 2) {
      text += String.fromCharCode(bytes[at] * 256 + bytes[at + 1]);
    }
    encodeURIComponent(text); /* throws where half a character stands alone */
    return text;
  }

  function utf8(text) {
    var whole = unescape(encodeURIComponent(text));
    var bytes = new Uint8Array(whole.length);
    for (var at = 0; at < whole.length; at++) bytes[at] = whole.charCodeAt(at);
    return bytes;
  }

  function escaped(text) {
    var written = "";
    var bytes = utf8(text);
    for (var at = 0; at < bytes.length; at++) {
      var character = String.fromCharCode(bytes[at]);
      var hex = (bytes[at] < 16 ? "0" : "") + bytes[at].toString(16).toUpperCase();
      written += DIGITS.indexOf(character) >= 0 ? character : "%" + hex;
    }
    return written;
  }

  function day(text) {
    if (text === "0") return "";
    var written = text.slice(0, 4) + "-" + text.slice(4, 6) + "-" + text.slice(6);
    var read = new Date(written + "T00:00:00Z");
    if (isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== written) throw new Error("day");
    return written;
  }

  function hexBytes(hex) {
    var bytes = new Uint8Array(hex.length / 2);
    for (var at = 0; at < bytes.length; at++) bytes[at] = parseInt(hex.substr(2 * at, 2), 16);
    return bytes;
  }

  /* Return what a code says; anything that is not written by the rules is an Error with a sentence. */
  function read(text) {
    var found = text.length <= LONGEST && HEAD.exec(text);
    if (!found) throw new Error("这不是本系统的核验码，或者没有扫完整；请对准二维码重扫一遍");
    var tail = bytesOf(found[5]);
    if (tail[0] !== ED25519) throw new Error("核验码没有扫完整，或者用的签名算法本页不认识；请重扫一遍，仍这样再向发证单位要新的核验页");
    var length = tail.length > 3 ? tail[2] : 0;
    if (length === 0 || tail.length <= 3 + length + SIGNATURE_LENGTH) {
      throw new Error("核验码不完整，请对准二维码重扫一遍");
    }
    var signed = tail.slice(0, tail.length - SIGNATURE_LENGTH);
    try {
      var code = {
        keyId: found[1],
        trade: found[2].toLowerCase(),
        number: decodeURIComponent(found[3]),
        edition: tail[1],
        until: day(found[4]),
        holder: textOf(signed.slice(3, 3 + length)),
        place: textOf(signed.slice(3 + length)),
        signature: new Uint8Array(tail.slice(-SIGNATURE_LENGTH))
      };
      if (escaped(code.number) !== found[3]) throw new Error("spelling");
    } catch (wrong) {
      throw new Error("核验码里的内容读不通，不是本系统写的");
    }
    var head = text.slice(0, text.length - found[5].length);
    code.message = new Uint8Array(head.length + signed.length);
    for (var at = 0; at < head.length; at++) code.message[at] = head.charCodeAt(at);
    code.message.set(signed, head.length);
    return code;
  }

  function isBelowOrder(signature) {
    for (var at = 31; at >= 0; at--) {
      if (signature[32 + at] !== ORDER[at]) return signature[32 + at] < ORDER[at];
    }
    return false;
  }

  /* Say whether a signature is good: by the browser where it can, else by the script in the page. */
  function isSigned(message, signature, publicKey, done) {
    function byScript() {
      done(nacl.sign.detached.verify(message, signature, publicKey), "script");
    }
    if (!isBelowOrder(signature)) return done(false, "order");
    var subtle = typeof crypto !== "undefined" && crypto.subtle;
    if (!subtle || typeof Promise === "undefined") return byScript();
    var asked;
    try {
      asked = subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]).then(function (key) {
        return subtle.verify({ name: "Ed25519" }, key, signature, message);
      });
    } catch (unknown) {
      return byScript();
    }
    asked.then(function (isGood) { done(isGood, "browser"); }, byScript);
  }

  /* Hand the verdict on a text to `done`; `list` is the office's signed list, `today` is YYYY-MM-DD. */
  function verify(text, list, today, done) {
    var code;
    try {
      code = read(folded(text));
    } catch (wrong) {
      return done({ genuine: false, number: "", status: "", reason: wrong.message });
    }
    function no(reason) {
      done({ genuine: false, number: code.number, status: "", reason: reason });
    }
    var key = list.keys.filter(function (one) { return one.id === code.keyId; })[0];
    if (!key) return no("签名钥匙 " + code.keyId + " 不是本单位的，或者比本页新：伪造，或者要向发证单位要新的核验页");
    isSigned(code.message, code.signature, hexBytes(key.public_key), function (isGood, by) {
      if (!isGood) return no("签名对不上：内容被改过，或者是伪造的");
      if (key.revoked_on) return no("签名钥匙 " + key.id + " 已于 " + key.revoked_on + " 吊销，真假辨不出来；请向发证单位查询");
      var ended = list.papers.filter(function (one) { return one[0] === code.number && one[1] === code.edition; })[0];
      var status = ended ? ended[2] : code.until && code.until < today ? "expired" : "valid";
      var reason = "截至 " + list.made_on + "，发证单位没有注销、撤销这张证卡。";
      if (ended) reason = "这张证卡已于 " + ended[3] + " " + list.statuses[status] + "，不能再用。";
      else if (status === "expired") reason = "这张证卡只到 " + code.until + "，已经过期。";
      done({
        genuine: true, number: code.number, status: status, reason: reason, holder: code.holder,
        place: code.place, until: code.until, title: list.trades[code.trade] || "", by: by
      });
    });
  }

  /* Say whether the list itself is as the office signed it. */
  function isListSigned(signedList, done) {
    var list = JSON.parse(signedList.text);
    var key = list.keys.filter(function (one) { return one.id === signedList.key; })[0];
    if (!key) return done(false);
    isSigned(utf8("SXR1\n" + signedList.text), hexBytes(signedList.signature), hexBytes(key.public_key), done);
  }

  return { folded: folded, read: read, verify: verify, isListSigned: isListSigned };
})();
