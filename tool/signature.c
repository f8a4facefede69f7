// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signatures of overlays: detached PKCS#7 messages in DER, by libcrypto.
 *
 * They have no signed attributes, so no time either, and carry the signer's certificate: a kernel
 * that trusts the one who issued it can then follow the chain.
 */
#include <errno.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "signature.h"
#include "text.h"

/**
 * signature_path() - where the signature of an overlay is
 * @overlay: path of the overlay
 *
 * Return: the path, to be given to free(); NULL if there is no memory.
 */
char *signature_path(const char *overlay)
{
	char *path;

	return asprintf(&path, "%s.p7s", overlay) < 0 ? NULL : path;
}

/* What asks for a pass phrase does so on the terminal. */
static OSSL_STORE_CTX *store_open(const char *uri, int kind)
{
	OSSL_STORE_CTX *store = OSSL_STORE_open(uri, UI_OpenSSL(), NULL, NULL, NULL);

	if (store && !OSSL_STORE_expect(store, kind)) {
		OSSL_STORE_close(store);
		return NULL;
	}
	return store;
}

/* The next thing in a store that is of the kind; NULL at its end. */
static OSSL_STORE_INFO *store_next(OSSL_STORE_CTX *store, int kind)
{
	OSSL_STORE_INFO *info;

	while (store && !OSSL_STORE_eof(store)) {
		info = OSSL_STORE_load(store);
		if (info && OSSL_STORE_INFO_get_type(info) == kind)
			return info;
		OSSL_STORE_INFO_free(info);
	}
	return NULL;
}

static EVP_PKEY *read_key(const char *uri)
{
	OSSL_STORE_CTX *store = store_open(uri, OSSL_STORE_INFO_PKEY);
	OSSL_STORE_INFO *info = store_next(store, OSSL_STORE_INFO_PKEY);
	EVP_PKEY *key = info ? OSSL_STORE_INFO_get1_PKEY(info) : NULL;

	OSSL_STORE_INFO_free(info);
	OSSL_STORE_close(store);
	return key;
}

static X509 *read_certificate(OSSL_STORE_CTX *store)
{
	OSSL_STORE_INFO *info = store_next(store, OSSL_STORE_INFO_CERT);
	X509 *certificate = info ? OSSL_STORE_INFO_get1_CERT(info) : NULL;

	OSSL_STORE_INFO_free(info);
	return certificate;
}

/* An error of libcrypto tells how it looked for something, not that there is no such file. */
static int complain_about_file(const char *uri, const char *what)
{
	int error = access(uri, R_OK) ? errno : 0;

	text_complain("cannot read a %s from %s%s%s", what, uri, error ? ": " : "",
		      error ? strerror(error) : "");
	return error == EACCES ? -EACCES : -EINVAL;
}

/**
 * signer_open() - read a key and its certificate
 * @signer: filled, to be given to signer_close() also after an error
 * @key: where the key is: a file, or a URI that a provider of OpenSSL knows
 * @certificate: where the certificate is; NULL for the same place
 *
 * Return: 0; or, after a complaint, -EACCES, or -EINVAL if there is nothing to sign with.
 */
int signer_open(struct signer *signer, const char *key, const char *certificate)
{
	const char *file = certificate ? certificate : key;
	OSSL_STORE_CTX *store;

	*signer = (struct signer){ .key = read_key(key) };
	if (!signer->key)
		return complain_about_file(key, "private key");
	store = store_open(file, OSSL_STORE_INFO_CERT);
	signer->certificate = read_certificate(store);
	OSSL_STORE_close(store);
	if (!signer->certificate)
		return complain_about_file(file, "certificate");
	if (X509_check_private_key(signer->certificate, signer->key) == 1)
		return 0;
	text_complain("the certificate in %s is not that of the key in %s", file, key);
	return -EINVAL;
}

/**
 * signer_close() - forget a key and its certificate
 * @signer: the signer; empty afterwards
 */
void signer_close(struct signer *signer)
{
	EVP_PKEY_free(signer->key);
	X509_free(signer->certificate);
	*signer = (struct signer){};
}

static CMS_ContentInfo *sign(BIO *content, const struct signer *signer)
{
	const unsigned int flags = CMS_BINARY | CMS_DETACHED | CMS_NOATTR | CMS_NOSMIMECAP;
	CMS_ContentInfo *message =
		CMS_sign(NULL, NULL, NULL, NULL, flags | CMS_PARTIAL | CMS_STREAM);

	if (message &&
	    CMS_add1_signer(message, signer->certificate, signer->key, EVP_sha256(), flags) &&
	    CMS_final(message, content, NULL, flags) == 1)
		return message;
	CMS_ContentInfo_free(message);
	return NULL;
}

/**
 * signature_make() - sign an overlay
 * @signature: filled, to be given to blob_free()
 * @overlay: the overlay
 * @signer: who signs
 *
 * Return: 0, or -EINVAL after a complaint.
 */
int signature_make(struct blob *signature, const struct blob *overlay, const struct signer *signer)
{
	BIO *content = BIO_new_mem_buf(overlay->bytes, (int)overlay->size);
	CMS_ContentInfo *message = content ? sign(content, signer) : NULL;
	unsigned char *bytes = NULL;
	int size = message ? i2d_CMS_ContentInfo(message, &bytes) : -1;

	*signature = (struct blob){};
	/* blob_free() is free(); libcrypto's memory is its own. */
	if (size > 0)
		signature->bytes = malloc((size_t)size);
	if (signature->bytes) {
		signature->size = (size_t)size;
		memcpy(signature->bytes, bytes, signature->size);
	}
	OPENSSL_free(bytes);
	CMS_ContentInfo_free(message);
	BIO_free(content);
	if (signature->bytes)
		return 0;
	text_complain("cannot sign with this key: %s", ERR_reason_error_string(ERR_peek_error()));
	return -EINVAL;
}

/**
 * signature_trust() - read the certificates that are trusted
 * @certificates: where they are
 *
 * As for the kernel, each is trusted by itself, not only those that issued themselves, and its time
 * does not matter: a board may not know what time it is.
 *
 * Return: the certificates, to be given to X509_STORE_free(); NULL after a complaint.
 */
X509_STORE *signature_trust(const char *certificates)
{
	OSSL_STORE_CTX *store = store_open(certificates, OSSL_STORE_INFO_CERT);
	X509_STORE *trusted = X509_STORE_new();
	X509 *certificate;
	bool failed = !trusted || !X509_STORE_set_flags(trusted, X509_V_FLAG_PARTIAL_CHAIN |
									 X509_V_FLAG_NO_CHECK_TIME);
	int count = 0;

	while (!failed && (certificate = read_certificate(store))) {
		failed = !X509_STORE_add_cert(trusted, certificate);
		X509_free(certificate);
		count++;
	}
	OSSL_STORE_close(store);
	if (!failed && count)
		return trusted;
	X509_STORE_free(trusted);
	complain_about_file(certificates, "certificate");
	return NULL;
}

/* Everything that the kernel's parser asks for, but in one place. */
static CMS_ContentInfo *parse(const struct blob *signature)
{
	const unsigned char *at = signature->bytes;
	CMS_ContentInfo *message = d2i_CMS_ContentInfo(NULL, &at, (long)signature->size);

	if (message && at == (unsigned char *)signature->bytes + signature->size &&
	    OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed &&
	    OBJ_obj2nid(CMS_get0_eContentType(message)) == NID_pkcs7_data &&
	    CMS_is_detached(message) == 1 &&
	    sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(message)) > 0)
		return message;
	CMS_ContentInfo_free(message);
	return NULL;
}

static bool is_trusted(X509 *certificate, STACK_OF(X509) * others, X509_STORE *trusted)
{
	X509_STORE_CTX *chain = X509_STORE_CTX_new();
	bool ok = chain && X509_STORE_CTX_init(chain, trusted, certificate, others) == 1 &&
		  X509_verify_cert(chain) == 1;

	X509_STORE_CTX_free(chain);
	return ok;
}

static bool all_signers_trusted(CMS_ContentInfo *message, X509_STORE *trusted)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(message);
	STACK_OF(X509) *others = CMS_get1_certs(message);
	STACK_OF(X509) *known = X509_STORE_get1_all_certs(trusted);
	X509 *certificate;
	bool ok = known;
	int i;

	CMS_set1_signers_certs(message, known, 0);
	for (i = 0; ok && i < sk_CMS_SignerInfo_num(signers); i++) {
		CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(signers, i), NULL, &certificate,
					 NULL, NULL);
		ok = certificate && is_trusted(certificate, others, trusted);
	}
	sk_X509_pop_free(known, X509_free);
	sk_X509_pop_free(others, X509_free);
	return ok;
}

static bool fits(CMS_ContentInfo *message, const struct blob *overlay)
{
	BIO *content = BIO_new_mem_buf(overlay->bytes, (int)overlay->size);
	bool ok = content && CMS_verify(message, NULL, NULL, content, NULL,
					CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;

	BIO_free(content);
	return ok;
}

/**
 * signature_check() - is the signature one of the overlay, by somebody who is trusted?
 * @signature: the bytes of the signature's file, whatever they are
 * @overlay: the overlay
 * @trusted: who is trusted
 * @path: the signature's file, for the refusal
 * @refusal: filled when it is not
 *
 * Return: 0, or -EINVAL when refused.
 */
int signature_check(const struct blob *signature, const struct blob *overlay, X509_STORE *trusted,
		    const char *path, struct plugtree_refusal *refusal)
{
	CMS_ContentInfo *message = parse(signature);
	int ret = 0;

	if (!message)
		ret = plugtree_refuse(refusal, PLUGTREE_BAD_SIGNATURE, "%s", path);
	else if (!all_signers_trusted(message, trusted))
		ret = plugtree_refuse(refusal, PLUGTREE_UNKNOWN_KEY, "%s", path);
	else if (!fits(message, overlay))
		ret = plugtree_refuse(refusal, PLUGTREE_SIGNATURE_MISMATCH, "%s", path);
	CMS_ContentInfo_free(message);
	return ret;
}
