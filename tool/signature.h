/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures of overlays.
 */
#ifndef TOOL_SIGNATURE_H
#define TOOL_SIGNATURE_H

#include <openssl/x509.h>

#include "blob.h"
#include "common/reasons.h"

/**
 * struct signer - who signs
 * @key: the private key
 * @certificate: its certificate
 */
struct signer {
	EVP_PKEY *key;
	X509 *certificate;
};

char *signature_path(const char *overlay);
int signer_open(struct signer *signer, const char *key, const char *certificate);
void signer_close(struct signer *signer);
int signature_make(struct blob *signature, const struct blob *overlay, const struct signer *signer);
X509_STORE *signature_trust(const char *certificates);
int signature_check(const struct blob *signature, const struct blob *overlay, X509_STORE *trusted,
		    const char *path, struct plugtree_refusal *refusal);

#endif
